// What a device says of forms with answers: ({modules, cases}) => verdicts. Run by Node and by a browser.
async ({ modules, cases }) => {
  const { Filled } = await import(`${modules.filled}`);
  const { allWrong, kept, spotsIn, steps } = await import(`${modules.judging}`);
  const { Day, textOf } = await import(`${modules.values}`);
  const kind = (value) =>
    value instanceof Day ? "date" : Array.isArray(value) ? "list" : typeof value === "object" ? "Decimal" : { string: "str", boolean: "bool" }[typeof value];
  return cases.map(({ form, answers, today }) => {
    const filled = new Filled(form, answers, Day.of(...today));
    const spots = [...spotsIn(filled, form.items)];
    return {
      values: spots.map(({ item, round }) => {
        const value = filled.value(item.name, round);
        return [item.name, round, kind(value), textOf(value)];
      }),
      choices: spots.map(({ item, round }) => filled.choices(item, round).map((each) => each.name)),
      wrong: allWrong(filled).map(({ item, round, code }) => [item.name, round, code]),
      steps: steps(filled).map((step) => step.name),
      kept: kept(filled),
    };
  });
};
