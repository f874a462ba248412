namespace NetGen.Generator;

/// <summary>
/// Which steps may be skipped at run time. From the last step to the first, a step is needed where anything that it writes is: the gradient of a weight while its toggle
/// is live, an output always, and scratch memory where a later step that reads it is needed. So below the lowest live weight nothing runs backwards, and what
/// only those steps would read is not made either. Steps that nothing ever reads are left out.
/// </summary>
internal sealed class NeedPlan
{
    private readonly Dictionary<string, Need> ofParameters;
    private readonly Dictionary<object, Need> needs = [];
    private bool grew;

    private NeedPlan(Graph graph, IReadOnlyList<string> toggles) =>
        this.ofParameters = graph.Parameters.ToDictionary(p => p.Name, p => p.Parameter!.Toggle is { } toggle ? Need.While(IndexOf(toggles, toggle)) : Need.Always, StringComparer.Ordinal);

    /// <summary>Sets when each step is needed.</summary>
    /// <param name="lists">All lists of a program in the order in which they run.</param>
    /// <param name="graph">Whose parameters name their toggles.</param>
    /// <param name="toggles">The names in the order of the network's definition.</param>
    public static List<List<Step>> Place(IReadOnlyList<IReadOnlyList<Step>> lists, Graph graph, IReadOnlyList<string> toggles)
    {
        NeedPlan plan = new(graph, toggles);
        return [.. lists.Reverse().Select(l => plan.Keep(l, isLoop: false)).Reverse()];
    }

    private List<Step> Keep(IEnumerable<Step> steps, bool isLoop)
    {
        List<Step> kept = [];
        foreach (Step step in steps.Reverse())
        {
            foreach (Step own in step.Kernel is LoopKernel loop ? [this.KeepLoop(step, loop)] : isLoop && step.Kernel is ColumnMapKernel map ? this.Variants(step, map) : [step with { Need = this.NeedOf(step) }])
            {
                if (own.Need != Need.Never)
                {
                    this.Demand(own);
                    kept.Add(own);
                }
            }
        }

        kept.Reverse();
        return kept;
    }

    private Step KeepLoop(Step step, LoopKernel loop)
    {
        // What one time leaves behind, the next one reads.
        List<Step> body;
        bool grewAround = this.grew;
        do
        {
            this.grew = false;
            body = this.Keep(loop.Body, isLoop: loop.Windows is null);
            grewAround |= this.grew;
        }
        while (this.grew);
        this.grew = grewAround;
        return step.WithLoop(loop with { Body = body.ToEquatableArray() }) with { Need = body.Aggregate(Need.Never, (need, s) => need.Or(s.Need)) };
    }

    private Need NeedOf(Step step)
    {
        IReadOnlyList<KernelOperand> operands = step.Kernel.Operands;
        return Enumerable.Range(0, operands.Count).Where(i => IsWritten(operands[i])).Aggregate(Need.Never, (need, i) => need.Or(this.NeedOf(step.Buffers[i])));
    }

    private Need NeedOf(Buffer buffer) => this.Get(buffer.Key).Or(this.OutsideOf(buffer));

    /// <summary>
    /// A map with several results writes only those that are needed: where some are while a toggle is live, there is a second step without them. In loops, where no
    /// step waits.
    /// </summary>
    private IEnumerable<Step> Variants(Step step, ColumnMapKernel map)
    {
        Need all = this.NeedOf(step);
        Need[] needs = [.. step.Buffers.Skip(map.Arrays.Count).Select(this.NeedOf)];
        Need some = needs.Where(n => n != all).Aggregate(Need.Never, (a, b) => a.Or(b));
        int[] always = [.. Enumerable.Range(0, needs.Length).Where(i => needs[i] == all)], ever = [.. Enumerable.Range(0, needs.Length).Where(i => needs[i] != Need.Never)];
        if (all == Need.Never || always.Length == 0 || some == all)
        {
            return [step with { Need = all }];
        }

        Step With(IReadOnlyCollection<int> outputs)
        {
            (ColumnMapKernel kernel, IReadOnlyList<int> operands) = map.Only(outputs);
            return step with { Kernel = kernel, Buffers = operands.Select(o => step.Buffers[o]).ToEquatableArray() };
        }

        return some == Need.Never ? [With(always) with { Need = all }] : [With(always) with { Need = all, Unless = some }, With(ever) with { Need = some }];
    }

    /// <summary>What a step reads is needed where the step is.</summary>
    private void Demand(Step step)
    {
        if (step.Kernel is LoopKernel)
        {
            return;
        }

        IReadOnlyList<KernelOperand> operands = step.Kernel.Operands;
        bool hasToggle = step.Buffers.Items.Any(b => b.Region == Region.Toggle);
        for (int i = 0; i < operands.Count; i++)
        {
            if (IsWritten(operands[i]))
            {
                continue;
            }

            // An operand that is chosen only where a toggle is live (the statistics of a batch) is not needed otherwise.
            int[] guards = hasToggle ? [.. step.Kernel.GuardsOf(i).Where(g => step.Buffers[g].Region == Region.Toggle)] : [];
            object key = step.Buffers[i].Key;
            Need before = this.Get(key), after = before.Or(guards.Length == 0 ? step.Need : Need.While(step.Buffers[guards[0]].Slot));
            this.needs[key] = after;
            this.grew |= before != after;
        }
    }

    /// <summary>What a caller takes of a buffer.</summary>
    private Need OutsideOf(Buffer buffer) => buffer.Region switch
    {
        Region.Output or Region.State or Region.History => Need.Always,
        Region.Gradients or Region.Weights => this.ofParameters[buffer.Name],
        _ => Need.Never,
    };

    private Need Get(object key) => this.needs.TryGetValue(key, out Need need) ? need : Need.Never;

    private static bool IsWritten(KernelOperand operand) => operand.Access is Access.WriteOwn or Access.WriteScattered;

    private static int IndexOf(IReadOnlyList<string> toggles, string name)
    {
        int index = toggles.ToList().IndexOf(name);
        return index >= 0 ? index : throw new InvalidOperationException($"The toggle '{name}' is none of the network's: {string.Join(", ", toggles)}.");
    }
}
