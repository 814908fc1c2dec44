// What browsers of 2020 cannot do, written so that they can.
//
// Tabler mixes its colours in the browser (color-mix): old ones get the colour that is mixed in most, and the mixture stands
// beside it for whoever understands it. Sides are named by the direction of writing (inline-start); lowered by the build
// tool, that becomes a list of all languages written from the right for every rule. We speak none of them: left and right.
const MIX = "color-mix(";
const UNDERSTOOD = "(color:color-mix(in srgb,red,red))";

export function fallbacks() {
  return {
    postcssPlugin: "fallbacks",
    OnceExit(root, { AtRule }) {
      root.walkDecls((one) => sided(one.prop, one.value) && one.replaceWith(
        ...sided(one.prop, one.value).map(([prop, value]) => one.clone({ prop, value }))));
      const rules = [];
      root.walkRules((rule) => rules.push(rule));
      for (const rule of rules) {
        const mixed = rule.nodes.filter((one) => one.type === "decl" && one.value.includes(MIX));
        if (!mixed.length || rule.parent.name?.endsWith("keyframes")) continue;
        const better = new AtRule({ name: "supports", params: UNDERSTOOD });
        better.append(rule.clone({ nodes: [] }).append(mixed.map((one) => one.clone())));
        rule.after(better);
        for (const one of mixed) one.value = plain(one.value);
      }
    },
  };
}

/** A value without its mixtures: `color-mix(in lab, red 80%, transparent)` is red. */
export function plain(value) {
  const at = value.lastIndexOf(MIX); // the innermost of several
  if (at < 0) return value;
  const end = closing(value, at + MIX.length);
  const [, first, second] = apart(value.slice(at + MIX.length, end));
  const share = /([\d.]+)%$/.exec(first);
  const most = !share || Number(share[1]) >= 50 ? first : second;
  return plain(value.slice(0, at) + most.replace(/\s+([\d.]+%|calc\(.*\))$/, "") + value.slice(end + 1));
}

const SIDES = { "inline-start": "left", "inline-end": "right", "block-start": "top", "block-end": "bottom" };

/** A property by direction as properties by side, or nothing when it is none: [[name, value], ...]. */
export function sided(prop, value) {
  if (prop === "inset") {
    const [top, right = top, bottom = top, left = right] = apart(value, " ");
    return Object.entries({ top, right, bottom, left });
  }
  const corner = /^border-(start|end)-(start|end)-radius$/.exec(prop);
  if (corner) return [[`border-${SIDES[`block-${corner[1]}`]}-${SIDES[`inline-${corner[2]}`]}-radius`, value]];
  const one = /^(margin|padding|border|inset)-((?:inline|block)-(?:start|end))(-\w+)?$/.exec(prop);
  if (one) return [[`${one[1]}-${SIDES[one[2]]}${one[3] ?? ""}`.replace("inset-", ""), value]];
  const both = /^(margin|padding|border|inset)-(inline|block)$/.exec(prop);
  if (!both) return null;
  const values = both[1] === "border" ? [value] : apart(value, " ");
  return ["start", "end"].map((end, at) =>
    [`${both[1]}-${SIDES[`${both[2]}-${end}`]}`.replace("inset-", ""), values[at] ?? values[0]]);
}

function closing(value, from) {
  let depth = 1;
  let at = from;
  for (; depth; at += 1) depth += { "(": 1, ")": -1 }[value[at]] ?? 0;
  return at - 1;
}

function apart(words, between = ",") {
  const parts = [""];
  let depth = 0;
  for (const sign of words) {
    depth += { "(": 1, ")": -1 }[sign] ?? 0;
    if (sign === between && !depth) parts.push("");
    else parts[parts.length - 1] += sign;
  }
  return parts.map((part) => part.trim());
}
