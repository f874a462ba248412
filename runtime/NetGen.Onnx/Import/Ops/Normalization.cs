using NetGen.Generator;

namespace NetGen.Onnx;

/// <summary>Normalizations.</summary>
internal static class Normalization
{
    public static void BatchNormalization(NodeContext c)
    {
        if (c.Integer("training_mode", 0) != 0 || (c.Opset < 9 && c.Integer("spatial", 1) == 0))
        {
            throw new ConversionException(c.Opset < 9 && c.Integer("spatial", 1) == 0 ? "spatial = 0 is not supported." : "training_mode is set: it would normalize by the batch's statistics and move its averages.");
        }

        TapValue x = c.Plain(0);
        if (x.Rank < 2)
        {
            throw new ConversionException($"its input has the shape ({string.Join(", ", x.Dims)}).");
        }

        x = c.Show(x, 1);
        ConstantValue gamma = c.Constant(1), beta = c.Constant(2), mean = c.Constant(3), variance = c.Constant(4);
        if (new[] { gamma, beta, mean, variance }.Any(p => p.Rank != 1 || x.Dims[1] != p.Count))
        {
            throw new ConversionException($"its weights do not fit {x.Dims[1]} channels.");
        }

        int axis = NodeContext.Physical(x, 1);
        List<(string, ArgumentValue)> arguments = axis == x.Physical.Rank - 1 ? [] : [("Axis", new IntegerValue(axis))];
        arguments.Add(("Epsilon", new NumberValue(c.Number("epsilon", 1e-5))));
        double momentum = c.Number("momentum", 0.9);
        if (momentum != 0.99 && momentum is >= 0 and <= 1)
        {
            arguments.Add(("Momentum", new NumberValue(momentum)));
        }

        string tap = c.Writer.Apply(
            "BatchNormalization", [x.Name], Names.OfLayer(c, gamma.Name), [("gamma", gamma), ("beta", beta), ("moving_mean", mean), ("moving_variance", variance)], [.. arguments]);
        c.Set(x with { Name = tap, IsNonNegative = false });
    }

    public static void LayerNormalization(NodeContext c)
    {
        TapValue x = c.Plain(0);
        int first = NodeContext.Axis(c.Integer("axis", -1), x.Rank);
        int[] axes = [.. Enumerable.Range(first, x.Rank - first)];
        double epsilon = c.Number("epsilon", 1e-5);
        if (x.BatchAxis >= first)
        {
            throw new BatchException("It normalizes over the batch.");
        }

        x = c.Show(x, axes);
        c.Set(Layer(c, x, axes, epsilon, c.Constant(1), c.OptionalConstant(2)));
        if (!c.Needs(1) && !c.Needs(2))
        {
            return;
        }

        TapValue mean = Reductions.Reduce(c, x, "Ops.ReduceMean", axes, keepsDims: true);
        c.Set(1, mean);
        TapValue centred = Elementwise.Merge(c, "Subtract", [x, mean], x.Type);
        TapValue square = centred with { Name = c.Writer.Apply("Multiply", [centred.Name, centred.Name], null) };
        TapValue variance = Reductions.Reduce(c, square, "Ops.ReduceMean", axes, keepsDims: true);
        string shifted = c.Writer.Apply("Rescaling", [variance.Name], null, ("Scale", new NumberValue(1)), ("Offset", new NumberValue(epsilon)));
        c.Set(2, variance with { Name = c.Writer.Apply("Ops.Reciprocal", [c.Writer.Apply("Ops.Sqrt", [shifted], null)], null) });
    }

    /// <summary>The layer that normalizes over some of the model's axes, with weights that broadcast to these; without gamma or beta where they are null.</summary>
    public static TapValue Layer(NodeContext c, TapValue x, int[] axes, double epsilon, ConstantValue? gamma, ConstantValue? beta)
    {
        x = c.Show(c.Writer.Straighten(x), axes);
        int[] order = [.. axes.OrderBy(a => x.Axes[a])];
        int[] natural = [.. axes.Select(a => x.Dims[a].IsConstant ? (int)x.Dims[a].Constant : throw new ConversionException("it normalizes over a size that is known only at run time."))];
        List<(string, ArgumentValue)> arguments = axes.Length == 1 && x.Axes[axes[0]] == x.Physical.Rank - 1 ? [] : [("Axis", TapeWriter.Integers(order.Select(a => x.Axes[a])))];
        arguments.Add(("Epsilon", new NumberValue(epsilon)));
        List<(string, ConstantValue)> weights = [];
        Add("gamma", "Scale", gamma);
        Add("beta", "Center", beta);
        return x with { Name = c.Writer.Apply("LayerNormalization", [x.Name], Names.OfLayer(c, gamma?.Name), weights, [.. arguments]), IsNonNegative = false };

        void Add(string name, string argument, ConstantValue? weight)
        {
            if (weight is null)
            {
                arguments.Add((argument, new BooleanValue(false)));
                return;
            }

            // Broadcast to the normalized axes, in the order of the tape.
            ConstantValue full = weight.Shape.SequenceEqual(natural) ? weight : ConstantMath.Binary(weight, Shapes.Filled(weight.Type, natural, 0), (v, _) => v) with { Name = weight.Name };
            weights.Add((name, full.Shape.SequenceEqual(natural) ? full.Transposed([.. order.Select(a => Array.IndexOf(axes, a))])
                : throw new ConversionException($"its weights ({string.Join(", ", weight.Shape)}) do not fit ({string.Join(", ", natural)}).")));
        }
    }

    public static void InstanceNormalization(NodeContext c)
    {
        Maps x = Maps.Of(c);
        ConstantValue scale = c.Constant(1), bias = c.Constant(2);
        c.Set(x.Result(c, x.Apply(c, "Ops.InstanceNormalization", Names.OfLayer(c, scale.Name), [("scale", scale), ("bias", bias)], [("Epsilon", new NumberValue(c.Number("epsilon", 1e-5)))])));
    }

    public static void GroupNormalization(NodeContext c)
    {
        Maps x = Maps.Of(c);
        int groups = (int)c.Integer("num_groups");
        ConstantValue scale = c.Constant(1), bias = c.Constant(2);
        int channels = x.Channels.IsConstant ? (int)x.Channels.Constant : throw new ConversionException("its channels are known only at run time.");
        if (c.Opset < 21 && scale.Count == groups && groups != channels)
        {
            // One number a group then, one a channel later.
            scale = ConstantMath.Take(scale, 0, [.. Enumerable.Range(0, channels).Select(i => i / (channels / groups))], [channels]) with { Name = scale.Name };
            bias = ConstantMath.Take(bias, 0, [.. Enumerable.Range(0, channels).Select(i => i / (channels / groups))], [channels]);
        }

        c.Set(x.Result(c, x.Apply(
            c, "GroupNormalization", Names.OfLayer(c, scale.Name), [("gamma", scale), ("beta", bias)], [("Groups", new IntegerValue(groups)), ("Epsilon", new NumberValue(c.Number("epsilon", 1e-5)))])));
    }

    public static void LRN(NodeContext c)
    {
        Maps x = Maps.Of(c);
        c.Set(x.Result(c, x.Apply(c, "Ops.LRN", null, [], [("Size", new IntegerValue(c.Integer("size"))), .. Numbers(c, ("alpha", 1e-4), ("beta", 0.75), ("bias", 1))])) with { IsNonNegative = x.IsNonNegative });
    }

    public static void LpNormalization(NodeContext c)
    {
        TapValue x = c.Plain(0);
        int axis = NodeContext.Axis(c.Integer("axis", -1), x.Rank);
        x = c.Show(x, axis);
        c.Set(x with { Name = c.Writer.Apply("Ops.LpNormalization", [x.Name], null, ("Axis", new IntegerValue(NodeContext.Physical(x, axis))), ("P", new IntegerValue(c.Integer("p", 2)))), IsNonNegative = false });
    }

    public static void MeanVarianceNormalization(NodeContext c)
    {
        TapValue x = c.Plain(0);
        int[] axes = NodeContext.Axes(c.Integers("axes") ?? [0, 2, 3], x.Rank);
        x = c.Show(x, axes);
        c.Set(x with { Name = c.Writer.Apply("Ops.MeanVarianceNormalization", [x.Name], null, ("Axes", TapeWriter.Integers(axes.Select(a => NodeContext.Physical(x, a)).Order()))), IsNonNegative = false });
    }

    public static Action<NodeContext> Softmax(string kind) => c =>
    {
        TapValue x = c.Plain(0);
        int axis = NodeContext.Axis(c.Integer("axis", c.Opset < 13 ? 1 : -1), x.Rank);

        // Up to opset 12 all axes from the given one are taken as one.
        int[] axes = c.Opset < 13 ? [.. Enumerable.Range(axis, x.Rank - axis)] : [axis];
        if (x.BatchAxis >= 0 && axes.Contains(x.BatchAxis))
        {
            throw new BatchException("It normalizes over the batch.");
        }

        int[] there = [.. axes.Where(a => x.Axes[a] >= 0 && !x.Dims[a].IsOne)];
        if (there.Length == 0)
        {
            there = axes[..1];
            x = c.Show(x, there);
        }

        if (kind == "Ops.Hardmax" && there.Length > 1)
        {
            // The first of equal maxima counts, in the model's order.
            Size[] flat = [.. x.Dims.Take(axis), axes.Aggregate((Size)1, (a, i) => a * x.Dims[i])];
            TapValue rows = c.Writer.Straighten(Shapes.Reshape(c, x, flat));
            rows = rows with { Name = c.Writer.Apply(kind, [rows.Name], null, ("Axis", new IntegerValue(NodeContext.Physical(rows, axis)))) };
            c.Set(Shapes.Reshape(c, rows, x.Dims));
            return;
        }

        int[] physical = [.. there.Select(a => NodeContext.Physical(x, a)).Order()];
        List<(string, ArgumentValue)> arguments = physical.Length > 1 ? [("Axis", TapeWriter.Integers(physical))]
            : physical[0] == x.Physical.Rank - 1 ? [] : [("Axis", new IntegerValue(physical[0]))];
        c.Set(x with { Name = c.Writer.Apply(kind, [x.Name], null, [.. arguments]), IsNonNegative = kind != "LogSoftmax" });
    };

    private static IEnumerable<(string, ArgumentValue)> Numbers(NodeContext c, params (string Name, double Default)[] attributes) => attributes
        .Where(a => c.Number(a.Name, a.Default) != a.Default)
        .Select(a => (char.ToUpperInvariant(a.Name[0]) + a.Name[1..], (ArgumentValue)new NumberValue(c.Number(a.Name, a.Default))));
}
