// 听这一页:浏览器自己会读中文才出现按钮;没有它,什么也不少
const SPOKEN = 'h1, h2, h3, p, li, dt, dd, label, legend, th, td, summary';
const LONGEST = 160; // 有的浏览器一段读得太久会停住:分句读

function chinese(): SpeechSynthesisVoice | undefined {
  return speechSynthesis.getVoices().find((voice) => /^zh|^cmn/i.test(voice.lang));
}

// 看得见的字,里层的不重复读;看不见的说明也读
function sentences(): string[] {
  const main = document.getElementById('main');
  if (!main) return [];
  const told = [...main.querySelectorAll<HTMLElement>(SPOKEN)]
    .filter((el) => el.getClientRects().length > 0 && !el.querySelector(SPOKEN))
    .map((el) => el.innerText.replace(/\s+/g, ' ').trim())
    .filter((text) => text.length > 0);
  return told.flatMap((text) => text.match(new RegExp(`.{1,${LONGEST}}?([。;；!?！？]|$)|.{1,${LONGEST}}`, 'g')) ?? []);
}

function read(button: HTMLButtonElement): void {
  const words = button.querySelector<HTMLElement>('[data-words]')!;
  const rest = () => { delete button.dataset.on; words.textContent = '听这一页'; };
  if (button.dataset.on) { speechSynthesis.cancel(); rest(); return; }
  speechSynthesis.cancel();
  const told = sentences();
  told.forEach((text, place) => {
    const said = new SpeechSynthesisUtterance(text);
    said.voice = chinese() ?? null; said.lang = 'zh-CN'; said.rate = 0.85; // 比平常慢一点
    if (place === told.length - 1) said.onend = rest;
    speechSynthesis.speak(said);
  });
  button.dataset.on = '1'; words.textContent = '不读了';
}

export function offerReading(): void {
  const place = document.querySelector<HTMLElement>('[data-aloud]');
  if (!place || !('speechSynthesis' in window)) return;
  const button = place.querySelector('button')!;
  const show = () => { place.hidden = !chinese(); };
  show();
  speechSynthesis.addEventListener?.('voiceschanged', show); // 声音后到的浏览器
  button.addEventListener('click', () => read(button));
  window.addEventListener('pagehide', () => speechSynthesis.cancel()); // 翻页就停
}
