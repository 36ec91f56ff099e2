// 流程图:bpmn-js 只读,图上没有坐标时在浏览器里排;文字版是同页的表,没有脚本也在。
import { layoutProcess } from 'bpmn-auto-layout';
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';

type Mark = { state: string; says: string };
type Canvas = {
  addMarker(id: string, name: string): void;
  resized(): void;
  zoom(to?: 'fit-viewport' | number, at?: 'auto'): number;
};
type Overlays = { add(id: string, told: { position: object; html: HTMLElement }): void };
type Elements = { get(id: string): object | undefined };
const STEP = 1.25, MARGIN = 0.92;

const told = <T>(id: string): T => JSON.parse(document.getElementById(id)!.textContent!) as T;

// 排的人要每个元素写明进出的线;引擎的图只在线上写
function tied(xml: string): string {
  const file = new DOMParser().parseFromString(xml, 'application/xml');
  const space = file.documentElement.namespaceURI;
  for (const flow of Array.from(file.getElementsByTagNameNS(space, 'sequenceFlow'))) {
    for (const [end, name] of [['sourceRef', 'outgoing'], ['targetRef', 'incoming']]) {
      const key = CSS.escape(flow.getAttribute(end) ?? '');
      const node = file.querySelector(`[id="${key}"]`);
      const said = Array.from(node?.getElementsByTagNameNS(space, name) ?? []);
      if (!node || said.some((one) => one.textContent === flow.id)) continue;
      const made = file.createElementNS(space, name);
      made.textContent = flow.id;
      node.prepend(made);
    }
  }
  return new XMLSerializer().serializeToString(file);
}

async function draw(box: HTMLElement): Promise<void> {
  const file = told<string>('picture-file');
  const xml = file.includes('BPMNDiagram') ? file : await layoutProcess(tied(file));
  const viewer = new NavigatedViewer({ container: box });
  await viewer.importXML(xml);
  const canvas = viewer.get<Canvas>('canvas');
  const overlays = viewer.get<Overlays>('overlays');
  const elements = viewer.get<Elements>('elementRegistry');
  for (const [id, mark] of Object.entries(told<Record<string, Mark>>('picture-marks'))) {
    if (!elements.get(id)) continue;
    canvas.addMarker(id, `is-${mark.state}`);
    if (!mark.says) continue;
    const badge = document.createElement('span');
    badge.className = `badge badge--${mark.state}`;
    badge.textContent = mark.says;
    overlays.add(id, { position: { bottom: 8, left: 4 }, html: badge });
  }
  // 屏转过来、窗口变了,图跟着变;第一次也由它放好
  new ResizeObserver(() => {
    canvas.resized();
    whole(canvas);
  }).observe(box);
  buttons(box, canvas);
}

function whole(canvas: Canvas): void {
  canvas.zoom(canvas.zoom('fit-viewport', 'auto') * MARGIN, 'auto');
}

function buttons(box: HTMLElement, canvas: Canvas): void {
  const row = document.createElement('p');
  row.className = 'picture__keys';
  const acts: [string, () => void][] = [
    ['放大', () => canvas.zoom(canvas.zoom() * STEP, 'auto')],
    ['看全图', () => whole(canvas)],
  ];
  for (const [name, act] of acts) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'btn btn--2';
    button.textContent = name;
    button.addEventListener('click', act);
    row.append(button);
  }
  box.after(row);
}

const box = document.querySelector<HTMLElement>('[data-picture]');
if (box) {
  box.hidden = false;
  draw(box).catch(() => {
    box.hidden = true; // 排不出来就只看下面的表
    document.getElementById('picture-fault')!.hidden = false;
  });
}
