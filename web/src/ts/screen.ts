// 叫号屏:新叫的号念出来。浏览器要有人先按一下才许出声,所以有个按钮;没有语音的浏览器不显示它
const button = document.getElementById('voice') as HTMLButtonElement | null;
const calls = (): HTMLElement[] => Array.from(document.querySelectorAll<HTMLElement>('[data-call]'));
const heard = new Set(calls().map((el) => el.dataset.call));
let on = false;

function say(words: string): void {
  const told = new SpeechSynthesisUtterance(words);
  told.lang = 'zh-CN';
  told.rate = 0.85;
  speechSynthesis.speak(told);
}

if (button && 'speechSynthesis' in window) {
  button.hidden = false;
  button.addEventListener('click', () => {
    on = !on;
    button.textContent = on ? '关掉语音叫号' : '打开语音叫号';
    if (on) say('语音叫号已打开');
    else speechSynthesis.cancel();
  });
}

document.body.addEventListener('htmx:afterSettle', () => {
  for (const el of calls()) {
    if (heard.has(el.dataset.call)) continue;
    heard.add(el.dataset.call);
    if (on) say(el.dataset.speak!);
  }
});
