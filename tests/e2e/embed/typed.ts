// What docs/embedding-api.md says can be done with the element, as TypeScript sees it: `tsc -p www` reads this, nothing runs it.
import type { DryRunElement, Finding, LessonProgress, Mode, Shared, Verdict, ViewOptions } from "../../../www/embed";
const embed = document.querySelector("dry-run")!;
const made: DryRunElement = document.createElement("dry-run");
const told = (event: CustomEvent<{ value: string }>) => console.log(event.detail.value.length);
embed.addEventListener("change", told);
embed.removeEventListener("change", told);
embed.addEventListener("findings", ({ detail }) => {
  const verdict: Verdict = detail.verdict;
  const first: Finding | undefined = detail.findings[0];
  console.log(verdict, first?.line);
});
embed.addEventListener("select", ({ detail: { job, workflow } }) => console.log(job, workflow));
embed.addEventListener("ready", ({ detail }) => { const mode: Mode | "text" = detail.mode; console.log(mode); }, { once: true });
embed.addEventListener("resize", ({ detail }) => console.log(detail.height.toFixed()));
embed.addEventListener("lesson-progress", ({ detail }) => { const progress: LessonProgress = detail; console.log(progress.goals.length); });
embed.addEventListener("click", event => console.log(event.clientX));
embed.value = "version: 2.1\n";
embed.mode = "full"; embed.layers = ["requires"]; embed.height = 300; embed.step = 2; embed.readonly = true;
embed.setView({ mode: "timeline", workflow: null, layers: ["cache"], height: 400, readonly: false, src: "a.yml" } satisfies ViewOptions);
const shared: Shared = { text: "", branch: "main", orbs: [{ reference: "a/b@1", name: "b.yml", text: "" }] };
embed.open(shared, ["Hello"]);
embed.focusJob("build"); embed.runSimulation(); embed.note("x"); made.append(); console.log(embed.findings.length);
// @ts-expect-error
embed.setView({ mode: "cinema" });
// @ts-expect-error
embed.findings = [];
