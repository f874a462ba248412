using NetGen.Generator;

namespace NetGen.Onnx;

/// <summary>The Reduce family and ArgMax.</summary>
internal static class Reductions
{
    /// <param name="kind">The attribute.</param>
    /// <param name="axesAsInput">The opset in which the axes became an input.</param>
    public static Action<NodeContext> Of(string kind, int axesAsInput = 18) => c =>
    {
        TapValue x = c.Plain(0);
        bool keepsDims = c.Integer("keepdims", 1) != 0;
        int[]? given = c.Opset < axesAsInput ? c.Integers("axes") : c.Has(1) ? c.Integers(1) : null;
        if (given is null or { Length: 0 })
        {
            if (c.Integer("noop_with_empty_axes", 0) != 0)
            {
                c.Set(x);
                return;
            }

            given = [.. Enumerable.Range(0, x.Rank)];
        }

        c.Set(Reduce(c, x, kind, NodeContext.Axes(given, x.Rank), keepsDims));
    };

    public static TapValue Reduce(NodeContext c, TapValue x, string kind, int[] axes, bool keepsDims)
    {
        // Over axes of size 1 that are not on the tape these do nothing.
        bool isNothingOverOne = kind is "Ops.ReduceSum" or "Ops.ReduceMean" or "Ops.ReduceMax" or "Ops.ReduceMin" or "Ops.ReduceProd";
        if (!isNothingOverOne && axes.All(a => x.Axes[a] < 0) && axes.Length > 0)
        {
            x = c.Show(x, axes[0]);
        }

        int[] physical = [.. axes.Where(a => x.Axes[a] >= 0).Select(a => NodeContext.Physical(x, a)).Order()];
        int[] Axes(Func<int, int> at) => [.. Enumerable.Range(0, x.Rank).Where(a => keepsDims || !axes.Contains(a)).Select(a => axes.Contains(a) ? -1 : at(x.Axes[a]))];
        if (physical.Length == 0)
        {
            return x with { Axes = Axes(p => p).ToEquatableArray() };
        }

        // Of a map or a sequence over all its places, a global pool.
        int space = x.Physical.Rank - 2;
        string? pool = space is 1 or 2 && physical.SequenceEqual(Enumerable.Range(1, space)) ? kind switch { "Ops.ReduceMean" => "Average", "Ops.ReduceMax" => "Max", _ => null } : null;
        string tap = pool is not null ? c.Writer.Apply($"Global{pool}Pooling{space}D", [x.Name], null)
            : c.Writer.Apply(kind, [x.Name], null, ("Axes", TapeWriter.Integers(physical)), ("KeepDims", new BooleanValue(false)));
        return c.Writer.Value(tap, Axes(p => p < 0 ? -1 : p - physical.Count(r => r < p)), x.Type);
    }

    public static Action<NodeContext> Arg(string kind) => c =>
    {
        TapValue x = c.Plain(0);
        int axis = NodeContext.Axis(c.Integer("axis", 0), x.Rank);
        bool keepsDims = c.Integer("keepdims", 1) != 0;
        x = c.Show(x, axis);
        int physical = NodeContext.Physical(x, axis);
        List<(string, ArgumentValue)> arguments = [("Axis", new IntegerValue(physical)), ("KeepDims", new BooleanValue(false))];
        if (c.Integer("select_last_index", 0) != 0)
        {
            arguments.Add(("SelectLastIndex", new BooleanValue(true)));
        }

        string tap = c.Writer.Apply(kind, [x.Name], null, [.. arguments]);
        c.Set(c.Writer.Value(tap, Enumerable.Range(0, x.Rank).Where(a => keepsDims || a != axis).Select(a => a == axis ? -1 : x.Axes[a] > physical ? x.Axes[a] - 1 : x.Axes[a]), DataType.Int64));
    };

    public static void CumSum(NodeContext c)
    {
        TapValue x = c.Plain(0);
        int axis = NodeContext.Axis(c.Integers(1)[0], x.Rank);
        x = c.Show(x, axis);
        List<(string, ArgumentValue)> arguments = [("Axis", new IntegerValue(NodeContext.Physical(x, axis)))];
        if (c.Integer("exclusive", 0) != 0)
        {
            arguments.Add(("Exclusive", new BooleanValue(true)));
        }

        if (c.Integer("reverse", 0) != 0)
        {
            arguments.Add(("Reverse", new BooleanValue(true)));
        }

        c.Set(x with { Name = c.Writer.Apply("Ops.CumSum", [x.Name], null, [.. arguments]) });
    }
}
