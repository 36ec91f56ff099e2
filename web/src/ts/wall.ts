import { drawCharts } from './charts';

// 地图标签:没有脚本时是图下的一行清单;有脚本时按 viewBox 坐标摆到图上(CSSOM 赋值,不违反 style-src)
const NARROW = 560;
function placeLabels(): void {
  document.querySelectorAll<HTMLElement>('.mapwrap').forEach((box) => {
    const svg = box.querySelector<SVGSVGElement>('svg[data-map]')!;
    const wide = box.clientWidth > NARROW; // 窄屏标签会互相压住,退回图下清单
    box.classList.toggle('placed', wide);
    const m = svg.getScreenCTM();
    if (!m || !wide) return;
    const o = box.getBoundingClientRect();
    const labels = Array.from(box.querySelectorAll<HTMLElement>('[data-x]'));
    labels.sort((a, b) => Number(a.dataset.y) - Number(b.dataset.y));
    const taken: DOMRect[] = [];
    labels.forEach((l) => {
      let top = m.d * Number(l.dataset.y) + m.f - o.top;
      l.style.left = `${m.a * Number(l.dataset.x) + m.e - o.left}px`;
      l.style.top = `${top}px`;
      for (const other of taken) { // 压住上面的就往下让
        const own = l.getBoundingClientRect();
        const apart = own.left > other.right || own.right < other.left || own.top > other.bottom;
        if (!apart) l.style.top = `${(top += other.bottom - own.top + 2)}px`;
      }
      taken.push(l.getBoundingClientRect());
    });
  });
}

// 只换变了的块,不闪;焦点按地址找回来
const parts = (root: ParentNode): HTMLElement[] => Array.from(root.querySelectorAll<HTMLElement>('[data-live]'));
const seen = new Map(parts(document).map((el) => [el.dataset.live!, el.outerHTML]));

function take(fresh: Document): void {
  const focused = document.activeElement?.getAttribute('href');
  const within = document.activeElement?.closest<HTMLElement>('[data-live]')?.dataset.live;
  for (const el of parts(fresh)) {
    const name = el.dataset.live!, html = el.outerHTML;
    if (seen.get(name) === html) continue;
    seen.set(name, html);
    document.querySelector(`[data-live="${name}"]`)?.replaceWith(document.adoptNode(el));
    if (focused && name === within) {
      const again = Array.from(document.querySelectorAll<HTMLElement>(`[data-live="${name}"] a`));
      again.find((a) => a.getAttribute('href') === focused)?.focus();
    }
  }
  drawCharts();
  placeLabels();
}

const clock = (at: Date): string => `${at.getHours()}:${String(at.getMinutes()).padStart(2, '0')}`;
let last = new Date();

async function refresh(say: HTMLElement): Promise<void> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), 10_000);
  let words = '';
  try {
    const answer = await fetch(location.href, { signal: stop.signal, cache: 'no-store' });
    if (answer.ok) {
      take(new DOMParser().parseFromString(await answer.text(), 'text/html'));
      last = new Date();
    } else {
      const out = answer.status === 401 || answer.status === 403;
      words = out ? `数字停在 ${clock(last)}，登录已到期，请重新登录` : `数字停在 ${clock(last)}，平台没有答复，正在再试`;
    }
  } catch {
    words = `数字停在 ${clock(last)}，连不上平台，正在再试`;
  }
  clearTimeout(timer);
  document.body.classList.toggle('stale', words !== '');
  if (say.textContent !== words) say.textContent = words;
}

drawCharts();
placeLabels();
document.querySelectorAll('.mapwrap').forEach((box) => new ResizeObserver(placeLabels).observe(box));
const live = document.getElementById('live');
if (live) setInterval(() => void refresh(live), Number(live.dataset.every) * 1000);
