namespace NetGen.Generator;

/// <summary>A sample with more around it, or less where a number is negative.</summary>
internal sealed class OpsPadLayer : Layer
{
    private static readonly string[] Modes = ["Constant", "Reflect", "Edge", "Wrap"];

    public override string Kind => "Ops.Pad";

    public override IReadOnlyList<string> Arguments => ["Pads", "Mode", "Value"];

    public override Value Build(LayerContext context)
    {
        Graph g = context.Graph;
        Value x = context.X;
        int first = Batch.IsIn(x) ? 1 : 0, rank = x.Shape.Rank - first;
        IReadOnlyList<long> pads = context.Integers("Pads", null, least: -(1 << 20), most: 1 << 20);
        if (pads.Count != 2 * rank)
        {
            throw context.Fail("NG0012", "Pads", $"Pads of {context.Place} takes {2 * rank} numbers, those before and those behind the {rank} axes of a sample of {x.Shape}, not {pads.Count}.");
        }

        string mode = context.Enum("Mode", "PadMode", Modes, "Constant");
        if (context.Numbers("Value", [0], isFinite: false) is not [var value])
        {
            throw context.Fail("NG0012", "Value", $"Value of {context.Place} is one number.");
        }

        for (int i = 0; i < rank; i++)
        {
            int axis = i + first;
            (long before, long after) = (pads[i], pads[rank + i]);
            (long cutBefore, long cutAfter) = (Math.Max(-before, 0), Math.Max(-after, 0));
            Dim kept = x.Shape[axis].Affine(-(cutBefore + cutAfter), 1);
            if (kept.IsConstant && kept.Constant < 1)
            {
                throw context.Fail("NG0011", "Pads", $"Pads of {context.Place} cut {cutBefore} and {cutAfter} off axis {axis} of {context.X.Shape}, which leaves nothing.");
            }

            x = g.Add(new Slice(axis, cutBefore, kept), x);
            (before, after) = (Math.Max(before, 0), Math.Max(after, 0));
            x = before + after == 0 ? x : mode == "Constant" ? Fill(g, x, axis, before, after, value) : Extend(context, x, axis, before, after, mode);
        }

        return x;
    }

    private static Value Fill(Graph g, Value x, int axis, long before, long after, double value)
    {
        if (value == 0)
        {
            return g.Add(new Pad(axis, before, x.Shape[axis].Affine(before + after, 1)), x);
        }

        // Taking the number off X and adding it behind would round.
        List<Value> parts = [x];
        if (before > 0)
        {
            parts.Insert(0, g.Add(new Map((Expr)value, x.Shape.With(axis, before))));
        }

        if (after > 0)
        {
            parts.Add(g.Add(new Map((Expr)value, x.Shape.With(axis, after))));
        }

        return g.Add(new Concat(axis), [.. parts]);
    }

    private static Value Extend(LayerContext context, Value x, int axis, long before, long after, string mode)
    {
        if (!x.Shape[axis].IsConstant)
        {
            throw context.Fail("NG0011", "Mode", $"Mode of {context.Place} takes a constant size of axis {axis}, not {context.X.Shape}.");
        }

        int size = checked((int)x.Shape[axis].Constant);
        return context.Graph.Add(Resample.Of(axis, size, [.. Enumerable.Range((int)-before, checked((int)(size + before + after))).Select(i => (Place(i, size, mode), new[] { 1.0 }))]), x);
    }

    /// <summary>The element that stands for one outside.</summary>
    private static int Place(int index, int size, string mode)
    {
        if (mode != "Reflect")
        {
            return (mode == "Edge" ? Extension.Nearest : Extension.Wrap).Place(index, size);
        }

        // The edge stands once, where the runtime's mirror has it twice.
        int period = Math.Max(1, 2 * (size - 1)), within = ((index % period) + period) % period;
        return within < size ? within : period - within;
    }
}
