using NetGen.Benchmarks.Onnx;

namespace NetGen.Benchmarks;

/// <summary>What a recurrent layer computes at each step.</summary>
internal enum Cell
{
    LSTM,
    GRU,
}

/// <summary>The last output of a recurrent layer over (time, features). The peers' sequences are (time, batch, features), which is what they compute in.</summary>
/// <param name="name">The layer's name, which its weights carry.</param>
/// <param name="x">The sequence.</param>
/// <param name="cell">What a step computes.</param>
/// <param name="units">The size of its states.</param>
/// <param name="isStream">Whether a call goes on where the one before ended.</param>
internal sealed class RecurrentLayer(string name, Layer x, Cell cell, int units, bool isStream = false) : Layer(name, x)
{
    /// <summary>Where each of the peer's gates stands among Keras's: i f c o, and z r h.</summary>
    private static readonly int[] OnnxLstm = [0, 3, 1, 2], OnnxGru = [0, 1, 2], TorchLstm = [0, 1, 2, 3], TorchGru = [1, 0, 2];

    private int Features => Inputs[0].OutputShape[1];

    private int Gates => cell == Cell.LSTM ? 4 : 3;

    private string Kernel => Name + "/kernel";

    private string Recurrent => Name + "/recurrent_kernel";

    private string Bias => Name + "/bias";

    public override IEnumerable<WeightShape> Weights =>
    [
        WeightShape.Kernel(Kernel, [Features, Gates * units], Features, Nonlinearity.Tanh),
        WeightShape.Kernel(Recurrent, [units, Gates * units], units, Nonlinearity.Tanh),
        WeightShape.Around(Bias, Gates * units, 0, 0.1f) with { Shape = cell == Cell.LSTM ? [Gates * units] : [2, Gates * units] },
    ];

    public override long MultiplyAdds => (long)Inputs[0].OutputShape[0] * (Features + units) * Gates * units;

    public override long InputMultiplyAdds => (long)Inputs[0].OutputShape[0] * Features * Gates * units;

    protected override int[] InferShape() => [units];

    public override string AddTo(OnnxGraph graph, string[] inputs, WeightSet weights)
    {
        var order = cell == Cell.LSTM ? OnnxLstm : OnnxGru;
        string[] all =
        [
            inputs[0],
            graph.Initializer(Transposed(weights[Kernel], order, [1])),
            graph.Initializer(Transposed(weights[Recurrent], order, [1])),
            graph.Initializer(new Weight(Bias, [1, 2 * Gates * units], [.. InputBias(weights, order), .. RecurrentBias(weights, order)])),
        ];
        AttributeProto hidden = OnnxGraph.Integer("hidden_size", units);
        // The first output would be those of all steps.
        string last = isStream ? graph.Recurrent("LSTM", Name, [hidden], all, "h", "c") : cell == Cell.LSTM
            ? graph.SecondOutput("LSTM", Name, [hidden], all)
            : graph.SecondOutput("GRU", Name, [hidden, OnnxGraph.Integer("linear_before_reset", 1)], all);
        // (1, batch, units) as (batch, units).
        return graph.Node("Reshape", Name + "/last", [], last, graph.Initializer(Name + "/shape", [-1, units]));
    }

    public override TorchLayer ToTorch(WeightSet weights, TorchOptions options)
    {
        var order = cell == Cell.LSTM ? TorchLstm : TorchGru;
        return new TorchRecurrent(cell, isStream, Features, units, Transposed(weights[Kernel], order, []).Values, Transposed(weights[Recurrent], order, []).Values,
            InputBias(weights, order), RecurrentBias(weights, order));
    }

    /// <summary>(inputs, gates * units) as (gates * units, inputs), the gates in the peer's order.</summary>
    private Weight Transposed(Weight weight, int[] order, int[] leading)
    {
        int rows = weight.Shape[0], columns = weight.Shape[1];
        var values = new float[weight.Values.Length];
        for (int gate = 0; gate < Gates; gate++)
            for (int unit = 0; unit < units; unit++)
                for (int row = 0; row < rows; row++)
                    values[(((gate * units) + unit) * rows) + row] = weight.Values[(row * columns) + (order[gate] * units) + unit];
        return new Weight(weight.Name, [.. leading, columns, rows], values);
    }

    private float[] InputBias(WeightSet weights, int[] order) => Ordered(weights[Bias].Values.AsSpan(0, Gates * units), order);

    /// <summary>The peers have one for both cells; Keras's LSTM has none.</summary>
    private float[] RecurrentBias(WeightSet weights, int[] order) =>
        cell == Cell.LSTM ? new float[Gates * units] : Ordered(weights[Bias].Values.AsSpan(Gates * units), order);

    private float[] Ordered(ReadOnlySpan<float> bias, int[] order)
    {
        var values = new float[bias.Length];
        for (int gate = 0; gate < Gates; gate++) bias.Slice(order[gate] * units, units).CopyTo(values.AsSpan(gate * units));
        return values;
    }
}
