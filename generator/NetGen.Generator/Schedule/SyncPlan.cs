namespace NetGen.Generator;

/// <summary>
/// Where parts must wait for each other: before a step that touches memory which another part may still be writing or reading. Steps that share their units
/// and keep to their own rows follow each other without waiting. A wait within a skipped segment is skipped with it, so it only serves pairs of steps of which one
/// never runs without it. Right before such a wait a step's units may go to any part, so that none waits long.
/// </summary>
internal static class SyncPlan
{
    /// <summary>Multiply-adds of a piece at least: a microsecond or two.</summary>
    private const double FewestWork = 100_000;

    public static List<Step> Place(IReadOnlyList<Step> steps)
    {
        List<Step> result = [];
        List<(Touch Touch, Need Need, EquatableArray<Need> Waits)> since = [];
        foreach (Step step in steps)
        {
            List<Touch> touches = [.. TouchesOf(step)];
            bool sync = touches.Any(t => since.Any(s => s.Touch.Conflicts(t) && !s.Waits.Any(w => step.Need.Implies(w))));
            if (sync)
            {
                since = [.. since.Where(s => !s.Need.Implies(step.Need)).Select(s => (s.Touch, s.Need, s.Waits.Append(step.Need).ToEquatableArray()))];
            }

            since.AddRange(touches.Select(t => (t, step.Need, EquatableArray<Need>.Empty)));
            // At the start of each window all parts meet.
            Step own = step.Kernel is LoopKernel { Windows: not null } loop ? step.WithLoop(loop with { Body = Place(loop.Body.Items).ToEquatableArray() }) : step;
            result.Add(own with { SyncBefore = sync });
        }

        return [.. result.Select((step, i) => i + 1 < result.Count && result[i + 1].SyncBefore && step.Need.Implies(result[i + 1].Need) && step.UnlessFused < 0 ? step with { Grain = GrainOf(step.Kernel) } : step)];
    }

    /// <summary>Units for one call: what the kernel asks for, and enough of them that taking them costs nothing. Null where the kernel's shares stay whole.</summary>
    private static int? GrainOf(Kernel kernel)
    {
        if (kernel.Units is not { } units || kernel.Grain is not { } grain || kernel.Work == 0)
        {
            return null;
        }

        // Where only one of them depends on the batch, the units are few and large.
        double perUnit = units.Symbols == kernel.Work.Symbols ? (double)kernel.Work.Scale / units.Scale : FewestWork;
        int size = grain * (int)Math.Max(1, Math.Ceiling(FewestWork / (perUnit * grain)));

        // Two parts with a piece each have nothing to give away.
        return units.IsConstant && units.Constant <= 2L * size ? null : size;
    }

    private static IEnumerable<Touch> TouchesOf(Step step)
    {
        for (int i = 0; i < step.Buffers.Count; i++)
        {
            Access access = step.Kernel.Operands[i].Access;
            bool write = access is Access.WriteOwn or Access.WriteScattered;
            bool own = access is Access.ReadOwn or Access.WriteOwn;
            yield return new Touch(step.Buffers[i], write, own ? step.Kernel.Units : null);
        }
    }

    /// <summary>One operand of one step. Units is null where a part may touch anything.</summary>
    private sealed record Touch(Buffer Buffer, bool Write, Dim? Units)
    {
        public bool Conflicts(Touch later) =>
            (this.Write || later.Write) && Overlaps(this.Buffer, later.Buffer)
            && !(this.Units is not null && this.Units == later.Units && SamePlace(this.Buffer, later.Buffer));

        // Own units lie at the same place in both only if both see the same memory with as many elements a unit.
        private static bool SamePlace(Buffer a, Buffer b) => ReferenceEquals(a, b) || (a.Base is null && b.Base is null && SameMemory(a, b));

        private static bool SameMemory(Buffer a, Buffer b) => a.Region == b.Region && a.Slot == b.Slot && a.Offset == b.Offset && a.Elements == b.Elements;

        private static bool Overlaps(Buffer one, Buffer other)
        {
            (Buffer a, Buffer b) = (one.Root, other.Root);
            if (a.Region != b.Region || a.Slot != b.Slot)
            {
                return false;
            }

            if (a.Region is Region.Input or Region.Output or Region.OutputGradient or Region.Toggle)
            {
                return true;
            }

            return a.Length.Symbols == b.Length.Symbols && a.Offset < b.Offset + b.Length.Scale && b.Offset < a.Offset + a.Length.Scale;
        }
    }
}
