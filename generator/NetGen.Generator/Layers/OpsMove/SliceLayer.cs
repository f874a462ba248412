namespace NetGen.Generator;

/// <summary>A part of each axis by ONNX's rules: bounds count from the end where they are negative and are held within the axis; steps may go backwards.</summary>
internal sealed class SliceLayer : Layer
{
    public override string Kind => "Ops.Slice";

    public override IReadOnlyList<string> Arguments => ["Starts", "Ends", "Axes", "Steps"];

    public override Value Build(LayerContext context)
    {
        IReadOnlyList<long> starts = context.Integers("Starts", null), ends = context.Integers("Ends", starts.Count);
        Shape x = context.X.Shape;
        bool hasBatch = Batch.IsIn(x);
        int first = hasBatch ? 1 : 0;
        if (!context.Has("Axes") && starts.Count > x.Rank - first)
        {
            throw context.Fail("NG0012", "Starts", $"{context.Place} has {starts.Count} Starts, one for each axis from {first} on; {x} has {x.Rank - first}.");
        }

        IReadOnlyList<long> axes = context.Integers("Axes", null, [.. Enumerable.Range(first, starts.Count).Select(i => (long)i)], least: -x.Rank, most: x.Rank - 1);
        IReadOnlyList<long> steps = context.Integers("Steps", null, [.. Enumerable.Repeat(1L, starts.Count)]);
        if (axes.Count != starts.Count || steps.Count != starts.Count || steps.Contains(0))
        {
            throw context.Fail("NG0012", "Starts", $"{context.Place} needs as many Starts, Ends, Axes and Steps, and no step of 0; there are {starts.Count}, {ends.Count}, {axes.Count} and {steps.Count}.");
        }

        Value y = context.X;
        for (int i = 0; i < starts.Count; i++)
        {
            int axis = (int)(axes[i] < 0 ? axes[i] + x.Rank : axes[i]);
            if (hasBatch && axis == 0)
            {
                throw context.Fail("NG0012", "Axes", $"Axes of {context.Place} must be axes of {x} other than the batch, not {axes[i]}.");
            }

            y = Cut(context, y, axis, starts[i], ends[i], steps[i]);
        }

        return y;
    }

    private static Value Cut(LayerContext context, Value x, int axis, long start, long end, long step)
    {
        Dim size = x.Shape[axis];
        if (!size.IsConstant)
        {
            return CutTime(context, x, axis, start, end, step);
        }

        (long first, long behind) = step > 0 ? (Within(start, 0, size.Constant), Within(end, 0, size.Constant)) : (Within(start, 0, size.Constant - 1), Within(end, -1, size.Constant - 1));
        long span = step > 0 ? behind - first : first - behind, stride = Math.Abs(step);
        long count = span <= 0 ? 0 : ((span - 1) / stride) + 1;
        if (count == 0)
        {
            throw context.Fail("NG0012", "Ends", $"{context.Place} takes nothing of axis {axis} of {x.Shape}: from {start} to {end} by {step}.");
        }

        if (step > 0)
        {
            return Every(context.Graph, x, axis, first, count, stride);
        }

        return context.Graph.Add(new Reverse(axis), Every(context.Graph, x, axis, first - ((count - 1) * stride), count, stride));

        // Numbers from the end on; beyond either end, the bound.
        long Within(long place, long least, long most) => Math.Min(most, Math.Max(least, place < 0 ? Math.Max(place, -size.Constant - 1) + size.Constant : place));
    }

    /// <summary>Places a stride apart: what lies between is the rest of a further axis.</summary>
    private static Value Every(Graph g, Value x, int axis, long first, long count, long stride)
    {
        if (stride == 1 || count == 1)
        {
            return g.Add(new Slice(axis, first, count), x);
        }

        long size = x.Shape[axis].Constant, whole = count * stride;
        Value run = first + whole <= size ? g.Add(new Slice(axis, first, whole), x) : g.Add(new Pad(axis, 0, whole), g.Add(new Slice(axis, first, size - first), x));
        Shape before = x.Shape.Slice(0, axis), after = x.Shape.Slice(axis + 1, x.Shape.Rank);
        Value split = g.Add(new Slice(axis + 1, 0, 1), g.Add(new Reshape(before + Shape.Of(count, stride) + after), run));
        return g.Add(new Reshape(x.Shape.With(axis, count)), split);
    }

    /// <summary>A time is known only at run time: what is taken begins and ends at a distance from its ends.</summary>
    private static Value CutTime(LayerContext context, Value x, int axis, long start, long end, long step)
    {
        Dim time = x.Shape[axis];
        bool isWhole = step > 0 ? start == 0 && end >= int.MaxValue : (start == -1 || start >= int.MaxValue) && end <= -int.MaxValue;
        if (isWhole && Math.Abs(step) == 1)
        {
            return step > 0 ? x : context.Graph.Add(new Reverse(axis), x);
        }

        if (step == 1 && start >= 0 && (end < 0 || end >= int.MaxValue))
        {
            return context.Graph.Add(new Slice(axis, start, time.Affine((end < 0 ? end : 0) - start, 1)), x);
        }

        if (step == 1 && start < 0 && start > -int.MaxValue && end >= int.MaxValue)
        {
            return context.Graph.Add(new Slice(axis, time.Affine(start, 1), -start), x);
        }

        return step == 1 && start >= 0 && end > start ? context.Graph.Add(new Slice(axis, start, end - start), x)
            : throw context.Fail("NG0011", "Starts", $"{context.Place} cannot take {start} to {end} by {step} of a time, axis {axis} of {x.Shape}.");
    }
}
