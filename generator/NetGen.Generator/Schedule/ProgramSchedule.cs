using System.Text;

namespace NetGen.Generator;

/// <summary>
/// Every decision about a program: kernels and their order, memory, waiting. Printable; what is printed as C# adds nothing to it.
/// </summary>
internal sealed class ProgramSchedule(string name, IReadOnlyList<StepList> lists, IReadOnlyList<string> toggles, ArenaPlan arena, PreparedPlan prepared, IReadOnlyList<double> constants, IReadOnlyList<string> sizes, IReadOnlyList<(int Slot, Dim Length)> outputLengths, IReadOnlyList<Buffer> states, int penaltySlot = -1)
{
    /// <summary>Inference or Training.</summary>
    public string Name { get; } = name;

    /// <summary>Prepare, then Run; or Prepare, Forward, Backward.</summary>
    public IReadOnlyList<StepList> Lists { get; } = lists;

    public ArenaPlan Arena { get; } = arena;

    /// <summary>What is kept for a version of the weights.</summary>
    public PreparedPlan Prepared { get; } = prepared;

    public IReadOnlyList<double> Constants { get; } = constants;

    /// <summary>The run-time sizes of the program in order: <c>n</c>, then the times.</summary>
    public IReadOnlyList<string> Sizes { get; } = sizes;

    /// <summary>Floats of each output, of the masks of those that have one, and of the penalty.</summary>
    public IReadOnlyList<(int Slot, Dim Length)> OutputLengths { get; } = outputLengths;

    /// <summary>Which output is what each sample adds to the loss; -1 where there is none.</summary>
    public int PenaltySlot { get; } = penaltySlot;

    /// <summary>Where what is taken over from one call to the next lies.</summary>
    public IReadOnlyList<Buffer> States { get; } = states;

    /// <summary>The kernels of all steps, those in loops among them.</summary>
    public IEnumerable<Kernel> Kernels => this.Lists.SelectMany(l => KernelsOf(l.Steps));

    /// <summary>The kernels of some steps, those in loops among them.</summary>
    public static IEnumerable<Kernel> KernelsOf(IEnumerable<Step> steps) => steps.SelectMany(s => s.Kernel is LoopKernel loop ? KernelsOf(loop.Body) : [s.Kernel]);

    /// <summary>The sizes that loops over windows of unequal lengths set.</summary>
    public IReadOnlyList<WindowSymbol> Windows { get; } =
        [.. lists.SelectMany(l => SharedOf(l.Steps)).Select(s => (s.Kernel as LoopKernel)?.Windows?.Symbol).OfType<WindowSymbol>().Distinct().OrderBy(w => w)];

    /// <summary>Steps and those of loops over windows, which parts share.</summary>
    public static IEnumerable<Step> SharedOf(IEnumerable<Step> steps) => steps.SelectMany(s => s.Kernel is LoopKernel { Windows: not null } loop ? SharedOf(loop.Body).Append(s) : [s]);

    public override string ToString()
    {
        StringBuilder text = new();
        text.Append($"{this.Name}: {this.Arena}; prepared: {this.Prepared.Floats} floats{(this.Prepared.ScratchFloats > 0 ? $", made with {this.Prepared.ScratchFloats} more" : "")}\n");
        foreach (StepList list in this.Lists)
        {
            text.Append(list.Name).Append(":\n");
            this.AppendSteps(text, list.Steps, "  ", Need.Always);
        }

        text.Append("kernels:\n");
        foreach (Kernel kernel in this.Kernels.Distinct().OrderBy(k => k.Name, StringComparer.Ordinal))
        {
            text.Append($"  {kernel.Name}: {kernel.Summary}\n");
        }

        return text.ToString();
    }

    private void AppendSteps(StringBuilder text, IEnumerable<Step> steps, string indent, Need around)
    {
        int i = 0;
        foreach (Step step in steps)
        {
            string condition = (step.UnlessFused >= 0 ? $" unless the loss fused output {step.UnlessFused}" : "") + (step.Need == around ? "" : $" if {step.Need.Text(toggles)}") + (step.Unless == Need.Never ? "" : $" unless {step.Unless.Text(toggles)}");
            text.Append($"{indent}{i++}{(step.SyncBefore ? " sync" : "")} ");
            if (step.Kernel is LoopKernel loop)
            {
                text.Append($"loop {loop.Summary}{condition}{(step.Scope.Length > 0 ? "  // " + step.Scope : "")}\n");
                this.AppendSteps(text, loop.Body, indent + "    ", step.Need);
                continue;
            }

            string operands = string.Join(", ", step.Kernel.Operands.Select((o, k) => $"{o.Name}={step.Buffers[k]}"));
            text.Append($"{step.Kernel.Name}({operands}){(step.Kernel.Units is { } u ? $" split over {u}" : "")}{condition}{(step.Releases.Count > 0 ? $" releases {string.Join(", ", step.Releases)}" : "")}{(step.Scope.Length > 0 ? "  // " + step.Scope : "")}\n");
        }
    }
}
