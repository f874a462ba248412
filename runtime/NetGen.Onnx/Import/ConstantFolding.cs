using NetGen.Generator;

namespace NetGen.Onnx;

/// <summary>Evaluates a node whose inputs are all known by the same layers that would run it, in double.</summary>
internal static class ConstantFolding
{
    private const long MostElements = 1 << 26;

    /// <exception cref="ConversionException">It cannot be.</exception>
    public static void Evaluate(GraphConversion conversion, OpRow row, NodeContext context)
    {
        IReadOnlyList<ConstantValue?> constants = [.. Enumerable.Range(0, context.InputCount).Select(i => context.Has(i) ? context.Constant(i) : null)];
        List<LayerSpec> inputs = [];
        List<int> indices = [];
        for (int i = 0; i < constants.Count; i++)
        {
            if (constants[i] is not { } constant || row.Constants.Contains(i))
            {
                continue;
            }

            if (constant.Count == 0)
            {
                throw new ConversionException($"its input '{context.Node.Input[i]}' has no elements.");
            }

            indices.Add(i);
            inputs.Add(new LayerSpec("Input", EquatableArray.Of(new ArgumentSpec("Shape", TapeWriter.Integers(constant.Shape)), new ArgumentSpec("Name", new TextValue($"c{i}"))), 0));
        }

        TapeWriter writer = new(inputs);
        TapValue?[] taps = new TapValue?[constants.Count];
        foreach (int i in indices)
        {
            taps[i] = writer.Value($"c{i}", TapValue.Natural(constants[i]!.Rank, hasBatch: false), constants[i]!.Type);
        }

        NodeContext inner = new(conversion, context.Node, taps) { Writer = writer };
        row.Convert(inner);
        Graph graph = writer.Session.Graph;
        if (graph.Values.Sum(v => v.Shape.Count.Scale) > MostElements)
        {
            throw new ConversionException("it computes large tensors of constants, which is not done at import.");
        }

        Interpreter interpreter = new(new Dictionary<string, long> { ["n"] = 1 });
        foreach (int i in indices)
        {
            interpreter.Set(writer.Session.Value($"c{i}")!, constants[i]!.Data());
        }

        foreach ((string name, ConstantValue weight) in writer.Weights)
        {
            if (graph.Parameters.FirstOrDefault(p => p.Name == name) is { } parameter)
            {
                interpreter.Set(parameter, weight.Data());
            }
        }

        interpreter.Run(graph);
        foreach ((int output, TensorValue value) in inner.Outputs)
        {
            context.Set(output, value is TapValue tap ? Read(tap) : value);
        }

        ConstantValue Read(TapValue value)
        {
            TapValue plain = writer.Straighten(value);
            DoubleTensor result = interpreter.Get(writer.Session.Value(plain.Name)!);
            int[] shape = [.. plain.Dims.Select(d => checked((int)d.Constant))];
            return ConstantValue.Of(plain.Type, shape, PortLayout.ToModel(result.Data, result.Shape, plain.Axes.ToArray()));
        }
    }
}

/// <summary>Between the tape's order of axes and the model's.</summary>
internal static class PortLayout
{
    /// <summary>The elements in the model's order.</summary>
    public static T[] ToModel<T>(T[] data, IReadOnlyList<int> physical, IReadOnlyList<int> axes) => Layouts.Transpose(data, physical, Order(physical.Count, axes));

    /// <summary>The elements in the tape's order.</summary>
    public static T[] ToTape<T>(T[] data, IReadOnlyList<int> physical, IReadOnlyList<int> axes)
    {
        int[] order = Order(physical.Count, axes);
        return Layouts.Transpose(data, [.. order.Select(a => physical[a])], [.. Enumerable.Range(0, order.Length).Select(a => Array.IndexOf(order, a))]);
    }

    /// <summary>The tape's axes in the model's order; those that the model lacks are of size 1 and go anywhere.</summary>
    private static int[] Order(int rank, IReadOnlyList<int> axes)
    {
        int[] there = [.. axes.Where(a => a >= 0)];
        return [.. Enumerable.Range(0, rank).Where(a => !there.Contains(a)), .. there];
    }
}
