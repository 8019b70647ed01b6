"""Texts that try to run, to fetch, to break out or to be computed."""

from __future__ import annotations

from itertools import product

_CALL = "fired('{n}')"
_SCRIPTS = (
    "<script>{call}</script>",
    "<SCRIPT>{call}</SCRIPT>",
    "</script><script>{call}</script>",
    "</style><script>{call}</script>",
    "</title><script>{call}</script>",
    "</svg><script>{call}</script>",
    "-->{x}<script>{call}</script>",
    "]]><script>{call}</script>",
    "<img src=x onerror={call}>",
    '"><img src=x onerror={call}>',
    "'><img src=x onerror={call}>",
    '" onmouseover={call} x="',
    "' autofocus onfocus={call} x='",
    "<svg onload={call}>",
    "<svg><animate onbegin={call} attributeName=x dur=1s>",
    "<svg><set attributeName=href to=javascript:{call}>",
    "<body onload={call}>",
    "<details open ontoggle={call}>",
    "<input autofocus onfocus={call}>",
    "<video src=x onerror={call}>",
    "<iframe srcdoc='<script>parent.{call}</script>'></iframe>",
    "<iframe src=javascript:{call}></iframe>",
    "<object data=javascript:{call}></object>",
    "<math><mtext><table><mglyph><style><img src=x onerror={call}>",
    "<noscript><p title='</noscript><img src=x onerror={call}>'>",
    "<a href=javascript:{call}>x</a>",
    "[x](javascript:{call})",
    "![x](javascript:{call})",
    "<x onclick={call}>x",
    "<template><script>{call}</script></template>",
    "<marquee onstart={call}>x</marquee>",
    "javascript:{call}",
    "<style>@keyframes x{{}}</style><p style=animation-name:x onanimationstart={call}>",
)
_FETCHES = (
    "<img src=http://far.example/{n}>",
    "![x](http://far.example/{n})",
    "<link rel=stylesheet href=http://far.example/{n}>",
    "<link rel=dns-prefetch href=//far.example/{n}>",
    "<style>@import 'http://far.example/{n}';</style>",
    "<p style=\"background:url('http://far.example/{n}')\">",
    "<meta http-equiv=refresh content='0;url=http://far.example/{n}'>",
    "<base href=http://far.example/{n}>",
    "<svg><image href=http://far.example/{n} /></svg>",
    "<svg><use href=http://far.example/{n}#a /></svg>",
    "<script src=http://far.example/{n}></script>",
    "<iframe src=http://far.example/{n}></iframe>",
    "<video poster=http://far.example/{n} src=http://far.example/{n}>",
    "<input type=image src=http://far.example/{n}>",
    "<form action=http://far.example/{n}><button autofocus>x</button></form>",
    "<table background=http://far.example/{n}>",
)
_TEMPLATES = (
    "{{{{ fired('{n}') }}}}",
    "{{% for x in [1] %}}{{{{ fired('{n}') }}}}{{% endfor %}}",
    "${{fired('{n}')}}",
    "#{{fired('{n}')}}",
    "<%= fired('{n}') %>",
    "{{{{ cycler.__init__.__globals__.os.system('true') }}}}",
    '#panic() #eval("1")',
    "__import__('os').system('true')",
    "'); fired('{n}'); ('",
    '"); fired("{n}"); ("',
    "\\u003cscript\\u003e{call}\\u003c/script\\u003e",
    "&lt;script&gt;{call}&lt;/script&gt;",
    "\u202e<script>{call}</script>",
    "\ufeff<script>{call}</script>",
)
_FORMULAS = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1)",
    '=HYPERLINK("http://far.example/{n}")',
    "=cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    " =1+1",
    "＝1+1",
    '=IMPORTXML("http://far.example/{n}","//a")',
    '"=1+1',
)
_WRAPS = ("{}", "Name {}", "{} end", "a\n\n{}\n\nb")


def payloads() -> list[str]:
    """Return over two hundred of them, each with a number to know it by."""
    forms = [*_SCRIPTS, *_FETCHES, *_TEMPLATES, *_FORMULAS]
    made = []
    for n, (wrap, form) in enumerate(product(_WRAPS, forms)):
        text = form.format(n=n, x="", call=_CALL.format(n=n))
        made.append(wrap.format(text) if "{}" in wrap else text)
    return made
