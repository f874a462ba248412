namespace NetGen.Generator;

/// <summary>
/// Makes one step of small maps over the same elements that belong together (a normalization has several numbers a channel): to start each by itself takes longer than its arithmetic. Each
/// expression keeps its own form, and with it its bits: one that reads another's result takes it as it would have been stored.
/// </summary>
internal static class JoinMaps
{
    /// <summary>Elements up to which the start of a step counts.</summary>
    private const long MostElements = 16 * 1024;

    /// <summary>Operands of a joined map at most.</summary>
    private const int MostOperands = 16;

    /// <summary>Steps that a map may be moved ahead of.</summary>
    private const int MostSteps = 16;

    public static List<Step> Rewrite(IEnumerable<Step> steps)
    {
        List<Step> result = [];
        foreach (Step step in steps)
        {
            int at = Partner(result, step);
            if (at < 0)
            {
                result.Add(step);
            }
            else
            {
                result[at] = Join(result[at], step);
            }
        }

        return result;
    }

    /// <summary>The step that takes the map along, ahead of those between; -1 if there is none.</summary>
    private static int Partner(List<Step> before, Step step)
    {
        if (!IsSmall(step))
        {
            return -1;
        }

        Shape shape = ((MapKernel)step.Kernel).Output;
        for (int i = before.Count - 1; i >= Math.Max(0, before.Count - MostSteps); i--)
        {
            Step other = before[i];
            if (IsSmall(other) && ((MapKernel)other.Kernel).Output == shape && other.Need == step.Need && other.UnlessFused == step.UnlessFused
                && other.Buffers.Count + step.Buffers.Count <= MostOperands && (other.Scope == step.Scope || other.Buffers.Any(a => step.Buffers.Any(b => a.Key.Equals(b.Key)))))
            {
                return i;
            }

            if (Conflicts(other, step))
            {
                return -1;
            }
        }

        return -1;
    }

    private static bool IsSmall(Step step) => step.Kernel is MapKernel { IsFlat: true, UsesRandom: false } map && map.Output.Count is { IsConstant: true } count && count.Constant is > 1 and <= MostElements && step.Buffers.All(b => b.Base is null);

    private static bool Conflicts(Step a, Step b) => a.Buffers.Where((buffer, i) =>
        b.Buffers.Where((other, k) => (IsWritten(a, i) || IsWritten(b, k)) && buffer.Key.Equals(other.Key)).Any()).Any();

    private static bool IsWritten(Step step, int operand) => step.Kernel.Operands[operand].Access is Access.WriteOwn or Access.WriteScattered;

    private static Step Join(Step first, Step second)
    {
        (MapKernel a, MapKernel b) = ((MapKernel)first.Kernel, (MapKernel)second.Kernel);
        List<Buffer> inputs = [.. first.Buffers.Take(a.Inputs.Count)], outputs = [.. first.Buffers.Skip(a.Inputs.Count)];
        List<Shape> shapes = [.. a.Inputs];
        int[] places = new int[b.Inputs.Count];
        for (int i = 0; i < places.Length; i++)
        {
            object key = second.Buffers[i].Key;
            int made = outputs.FindLastIndex(o => o.Key.Equals(key)), known = inputs.FindIndex(k => k.Key.Equals(key));
            if (made < 0 && (known < 0 || shapes[known] != b.Inputs[i]))
            {
                known = inputs.Count;
                inputs.Add(second.Buffers[i]);
                shapes.Add(b.Inputs[i]);
            }

            places[i] = made >= 0 ? -1 - made : known;
        }

        int added = inputs.Count - a.Inputs.Count;
        IEnumerable<Expr> bodies = a.Body.Select(e => e.Replace(i => Expr.In(i < a.Inputs.Count ? i : i + added)))
            .Concat(b.Body.Select(e => e.Replace(i => Expr.In(i >= b.Inputs.Count ? inputs.Count + outputs.Count + i - b.Inputs.Count : places[i] < 0 ? inputs.Count - 1 - places[i] : places[i]))));
        MapKernel joined = new(a.Output, shapes.ToEquatableArray(), bodies.ToEquatableArray());
        return first with { Kernel = joined, Buffers = inputs.Concat(outputs).Concat(second.Buffers.Skip(b.Inputs.Count)).ToEquatableArray() };
    }
}
