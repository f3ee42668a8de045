"""The scores as one self-contained HTML page."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.evaluate.report import FIGURES, figures_of
from pipeline.evaluate.run import Evaluation

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Dozaban: scores</title>
<style>
  :root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 18%, transparent); }
  body { font: 15px/1.5 system-ui, "Noto Sans", sans-serif; margin: 2rem auto; max-width: 68rem; padding: 0 1rem; }
  h1 { font-size: 1.5rem } h2 { font-size: 1.15rem; margin-top: 2.5rem }
  .wide { overflow-x: auto }
  table { border-collapse: collapse; margin: .75rem 0 }
  caption { text-align: start; font-weight: 600; padding: .25rem 0 }
  th, td { padding: .2rem .6rem; border-bottom: 1px solid var(--line); text-align: start }
  td.n, th.n { text-align: end; font-variant-numeric: tabular-nums }
  td.bar { width: 8rem } .bar i { display: block; height: .55rem; background: #2b7a78 }
  details { margin: .4rem 0 } li { unicode-bidi: plaintext; font-family: "Vazirmatn", "Noto Sans Arabic", inherit }
  li.missed::marker { content: "− " } li.spurious::marker { content: "+ " }
</style>
</head>
<body>
<h1>Scores of {{ evaluations | length }} record{{ "" if evaluations | length == 1 else "s" }} against gold</h1>
{% for evaluation in evaluations %}
<section>
<h2>{{ evaluation.record }} <small>against {{ evaluation.gold }}</small></h2>
<div class="wide"><table>
<caption>Scores by layer</caption>
<tr><th>layer</th><th>matching</th>{% for name in figures %}<th class="n">{{ name }}</th>{% endfor %}<th></th></tr>
{% for score in evaluation.scores %}
<tr><td>{{ score.layer }}</td><td>{{ score.matching }}</td>
{% for figure in figures_of(score) %}<td class="n">{{ figure }}</td>{% endfor %}
<td class="bar"><i style="width: {{ (score.f1 * 100) | round(1) }}%"></i></td></tr>
{% endfor %}
</table></div>
{% if evaluation.muc %}
<div class="wide"><table>
<caption>Entities: MUC counts</caption>
<tr><th>type</th><th>matching</th><th class="n">correct</th><th class="n">incorrect</th><th class="n">partial</th>
<th class="n">missing</th><th class="n">spurious</th><th class="n">F1</th></tr>
{% for each in evaluation.muc %}
<tr><td>{{ each.type }}</td><td>{{ each.matching }}</td><td class="n">{{ each.correct }}</td>
<td class="n">{{ each.incorrect }}</td><td class="n">{{ each.partial }}</td><td class="n">{{ each.missing }}</td>
<td class="n">{{ each.spurious }}</td><td class="n">{{ "%.3f" | format(each.f1) }}</td></tr>
{% endfor %}
</table></div>
{% endif %}
{% if evaluation.confused %}
<div class="wide"><table>
<caption>Entities: annotated type (row) taken for (column); – is none</caption>
<tr><th></th>{% for kind in kinds(evaluation) %}<th class="n">{{ kind }}</th>{% endfor %}</tr>
{% for kind, row in evaluation.confused.items() %}
<tr><th>{{ kind }}</th>{% for other in kinds(evaluation) %}<td class="n">{{ row.get(other, "") }}</td>{% endfor %}</tr>
{% endfor %}
</table></div>
{% endif %}
{% for each in evaluation.calibration %}
<p>{{ each.layer }}: expected calibration error {{ "%.3f" | format(each.error) }}
({% for confidence, share, number in each.bins %}{{ "%.2f → %.2f (%d)" | format(confidence, share, number) }}
{%- if not loop.last %}, {% endif %}{% endfor %})</p>
{% endfor %}
{% for score in evaluation.scores if (score.missed or score.spurious) and score.matching not in ("partial", "span") %}
<details><summary>{{ score.layer }}: {{ score.missed | length }} missed, {{ score.spurious | length }} false</summary>
<ul>{% for item in score.missed %}<li class="missed" dir="auto">{{ item }}</li>{% endfor %}
{% for item in score.spurious %}<li class="spurious" dir="auto">{{ item }}</li>{% endfor %}</ul></details>
{% endfor %}
</section>
{% endfor %}
</body>
</html>
"""


def as_page(evaluations: Sequence[Evaluation]) -> str:
    """The evaluations as HTML, misses and false alarms folded in."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)
    return environment.from_string(_PAGE).render(
        evaluations=evaluations, figures=FIGURES, figures_of=figures_of, kinds=_kinds
    )


def _kinds(evaluation: Evaluation) -> list[str]:
    return sorted({kind for row in evaluation.confused.values() for kind in row}, key=lambda kind: (kind == "-", kind))
