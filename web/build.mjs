// 前端构建:sass -> esbuild(css),ts -> esbuild(js),lucide -> 一张图标表。没有开发服务器,没有监听。
import { build, transform } from 'esbuild';
import * as sass from 'sass';
import { mkdir, readFile, writeFile, copyFile, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const out = path.resolve(here, process.env.DB_STATIC_OUT ?? '../src/diebian/portal/home/static/diebian');
const target = ['es2020', 'chrome87', 'firefox91'];
const icons = `search user baby hospital landmark briefcase store utensils flower-2 clock phone map-pin
 file-check file-text shield-check arrow-right chevron-right chevron-left bell triangle-alert circle-check circle-x
 circle external-link printer info log-out accessibility wallet building-2 pause lock database plug
 download receipt siren radio refresh-cw users send list-checks stamp calendar-clock hand-helping
 contrast house heart-handshake sofa plus flag check x history monitor volume-2`.split(/\s+/).filter(Boolean);

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });

// 1 样式
for (const name of ['app', 'desk', 'process', 'wall']) {
  const r = sass.compile(path.join(here, `src/scss/${name}.scss`), {
    loadPaths: [path.join(here, 'node_modules')], style: 'expanded', quietDeps: true,
    importers: [], url: pathToFileURL(here),
  });
  const c = await transform(r.css, { loader: 'css', minify: true, target: ['chrome87', 'firefox91'] });
  for (const w of c.warnings) console.warn(w.text);
  await writeFile(path.join(out, `${name}.css`), c.code);
}

// 2 脚本:每页一个入口,不分块 —— 清单散列改名后没有相对 import 可断
await build({
  entryPoints: ['app', 'desk', 'process', 'wall', 'screen'].map((n) => path.join(here, `src/ts/${n}.ts`)),
  bundle: true, minify: true, format: 'iife', target, outdir: out, legalComments: 'linked',
  logLevel: 'warning', logOverride: { 'direct-eval': 'silent' },
});

// 许可:图上的水印和这份文字都要留着
await copyFile(path.join(here, 'node_modules/bpmn-js/LICENSE'), path.join(out, 'process.js.LEGAL.txt'));

// 3 图标表:只收用到的;<use href="…/icons.svg#i-名"> 同源取用,不内嵌
let sprite = '<svg xmlns="http://www.w3.org/2000/svg">';
for (const n of [...new Set(icons)].sort()) {
  const s = await readFile(path.join(here, 'node_modules/lucide-static/icons', `${n}.svg`), 'utf8');
  const body = s.replace(/^[\s\S]*?<svg[\s\S]*?>/, '').replace(/<\/svg>\s*$/, '').replace(/\s+/g, ' ').trim();
  sprite += `<symbol id="i-${n}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">${body}</symbol>`;
}
await writeFile(path.join(out, 'icons.svg'), sprite + '</svg>');

// 4 图
for (const f of await readdir(path.join(here, 'src/img'))) await copyFile(path.join(here, 'src/img', f), path.join(out, f));
