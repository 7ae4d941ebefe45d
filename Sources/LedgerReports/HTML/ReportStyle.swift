/// The look of a report: light and dark, phone and desk, screen and A4. Colours of lines and marks keep a contrast of
/// at least 3 : 1, of text 4.5 : 1, and never stand for something alone: forms and dashes say it too.
enum ReportStyle {
    static let sheet: StaticString = """
        :root { color-scheme: light dark; --paper: #ffffff; --ink: #1c1f24; --soft: #555d69; --line: #d4d9e0;
          --panel: #f5f7fa; --a: #1f5fae; --b: #b3541e; --c: #5b7d1a; --d: #7a4fa3; --bad: #b3261e; --good: #1d6b34; }
        @media (prefers-color-scheme: dark) { :root { --paper: #14171c; --ink: #e8eaee; --soft: #a4adb9;
          --line: #3a424e; --panel: #1d222a; --a: #79b0f2; --b: #f0a36b; --c: #a9cc5e; --d: #c9a3ee; --bad: #ff8a80;
          --good: #7fd39a; } }
        * { box-sizing: border-box; }
        html { -webkit-text-size-adjust: 100%; }
        body { margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 76rem; background: var(--paper);
          color: var(--ink); font: 1rem/1.5 system-ui, "DejaVu Sans", sans-serif; overflow-wrap: anywhere; }
        h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .25rem; }
        h2 { font-size: 1.3rem; margin: 2.5rem 0 .75rem; padding-top: .75rem; border-top: 2px solid var(--line); }
        h3 { font-size: 1.05rem; margin: 1.75rem 0 .5rem; }
        p { margin: .5rem 0; max-width: 46rem; }
        a { color: var(--a); }
        code { font: .9em ui-monospace, "DejaVu Sans Mono", monospace; background: var(--panel); padding: .1em .3em;
          border-radius: .25em; }
        .kind { margin: 0; color: var(--soft); font-size: .85rem; letter-spacing: .04em; text-transform: uppercase; }
        .standing, .note, figcaption { color: var(--soft); font-size: .875rem; }
        nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1rem; list-style: none; margin: .75rem 0; padding: 0; }
        .figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(10rem, 1fr)); gap: .75rem;
          margin: 1rem 0; }
        .figures div { background: var(--panel); border: 1px solid var(--line); border-radius: .5rem;
          padding: .6rem .8rem; }
        .figures dt { color: var(--soft); font-size: .8rem; }
        .figures dd { margin: 0; }
        .figures strong { display: block; font-size: 1.35rem; line-height: 1.3; }
        .figures span { color: var(--soft); font-size: .8rem; }
        figure { margin: 1rem 0; }
        figcaption { margin-top: .35rem; max-width: 46rem; }
        .key { display: inline-block; white-space: nowrap; margin-right: 1rem; color: var(--ink); }
        .key svg { width: 1.6rem; height: .8rem; vertical-align: middle; margin-right: .35rem; }
        svg { display: block; width: 100%; height: auto; } .wide { max-width: 46rem; }
        .key svg, .bar { display: inline-block; }
        .bar { width: 8rem; height: .7rem; vertical-align: middle; }
        .multiples { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(18rem, 100%), 1fr)); gap: 1rem; }
        .multiples figure { margin: 0; }
        .multiples h4 { margin: 0 0 .25rem; font-size: .9rem; display: flex; justify-content: space-between; }
        svg text { font: 13px system-ui, "DejaVu Sans", sans-serif; fill: var(--soft); }
        .small text { font-size: 11px; }
        .grid { stroke: var(--line); stroke-width: 1; }
        .axis { stroke: var(--soft); stroke-width: 1; }
        .line { fill: none; stroke-width: 2.5; stroke-linejoin: round; stroke-linecap: round; }
        .thin { stroke-width: 1.5; } .dashed { stroke-dasharray: 3 5; }
        .sa { stroke: var(--a); } .sb { stroke: var(--b); } .sc { stroke: var(--c); } .sd { stroke: var(--d); }
        .fa { fill: var(--a); } .fb { fill: var(--b); } .fc { fill: var(--c); } .fd { fill: var(--d); }
        .sbad { stroke: var(--bad); } .fbad { fill: var(--bad); }
        .hollow { fill: var(--paper); } .mark { stroke-width: 1.5; }
        .track { fill: var(--line); }
        .scroll { overflow-x: auto; margin: .75rem 0 1.25rem; }
        table { border-collapse: collapse; font-size: .875rem; font-variant-numeric: tabular-nums; min-width: 100%; }
        .few table { min-width: min(100%, 30rem); }
        caption { text-align: left; font-weight: 600; padding: .25rem 0 .4rem; }
        th, td { text-align: left; padding: .3rem 1.1rem .3rem 0; border-bottom: 1px solid var(--line);
          vertical-align: top; unicode-bidi: isolate; overflow-wrap: normal; }
        .t, time { white-space: nowrap; }
        .dense th, .dense td { padding-right: .7rem; } .dense .bar { width: 4.5rem; }
        thead th { color: var(--soft); font-weight: 600; border-bottom: 1px solid var(--soft); vertical-align: bottom; }
        tbody th { font-weight: 500; min-width: 6.5rem; }
        .n { text-align: right; white-space: nowrap; }
        .strong { font-weight: 700; } .bad { color: var(--bad); } .good { color: var(--good); }
        details { margin: .5rem 0 1rem; } summary { cursor: pointer; color: var(--a); }
        :focus-visible { outline: 2px solid var(--a); outline-offset: 2px; }
        @media (max-width: 40rem) { body { padding-top: 1rem; } h1 { font-size: 1.4rem; }
          .wide text { font-size: 21px; } .small text { font-size: 9.5px; } .bar { width: 4.5rem; }
          caption { max-width: calc(100vw - 2rem); } .figures { grid-template-columns: 1fr 1fr; }
          .figures strong { font-size: 1.1rem; } }
        @page { size: A4; margin: 14mm 13mm 16mm; }
        @media print { :root { color-scheme: light; --paper: #ffffff; --ink: #000000; --soft: #444444; --line: #cccccc;
          --panel: #ffffff; --a: #1f5fae; --b: #b3541e; --c: #5b7d1a; --d: #7a4fa3; --bad: #b3261e; --good: #1d6b34; }
          body { max-width: none; padding: 0; font-size: 9.5pt; } nav, details { display: none; }
          h2 { margin-top: 1.5rem; } h2, h3, h4, caption, .note { break-after: avoid; }
          figure, tr, .figures, .figures div { break-inside: avoid; }
          thead { display: table-header-group; } tbody tr:first-child { break-before: avoid; } table { font-size: 7.5pt; } .scroll { overflow: visible; }
          th, td { padding: .15rem .5rem .15rem 0; overflow-wrap: break-word; } tbody th { min-width: 0; }
          .dense table { font-size: 6.6pt; } .dense th, .dense td { padding-right: .35rem; }
          .multiples h4 { font-size: 8pt; }
          .figures { grid-template-columns: repeat(4, 1fr); } .figures strong { font-size: 12pt; }
          .multiples { grid-template-columns: repeat(3, 1fr); }
          .bar { width: 5rem; } svg { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
        """
}
