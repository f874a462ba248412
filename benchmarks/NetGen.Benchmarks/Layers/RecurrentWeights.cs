using NetGen.Benchmarks.Onnx;

namespace NetGen.Benchmarks;

/// <summary>The weights of one recurrent layer in Keras's layout, and what the peers take of them.</summary>
internal sealed class RecurrentWeights(string name, Cell cell, int features, int units)
{
    /// <summary>Where each of the peer's gates stands among Keras's: i f c o, and z r h.</summary>
    private static readonly int[] OnnxLstm = [0, 3, 1, 2], OnnxGru = [0, 1, 2], TorchLstm = [0, 1, 2, 3], TorchGru = [1, 0, 2];

    private readonly int gates = cell == Cell.LSTM ? 4 : 3;

    public IEnumerable<WeightShape> Shapes =>
    [
        WeightShape.Kernel(Kernel, [features, gates * units], features, Nonlinearity.Tanh),
        WeightShape.Kernel(Recurrent, [units, gates * units], units, Nonlinearity.Tanh),
        WeightShape.Around(Bias, gates * units, 0, 0.1f) with { Shape = cell == Cell.LSTM ? [gates * units] : [2, gates * units] },
    ];

    /// <summary>Multiply-adds of one step; those of its input alone.</summary>
    public (long All, long Input) MultiplyAdds => ((long)(features + units) * gates * units, (long)features * gates * units);

    private string Kernel => name + "/kernel";

    private string Recurrent => name + "/recurrent_kernel";

    private string Bias => name + "/bias";

    /// <summary>The inputs of an ONNX node of the layer, the first of which is the sequence.</summary>
    public string[] ToOnnx(OnnxGraph graph, string x, WeightSet weights)
    {
        var order = cell == Cell.LSTM ? OnnxLstm : OnnxGru;
        return
        [
            x,
            graph.Initializer(Transposed(weights[Kernel], order, [1])),
            graph.Initializer(Transposed(weights[Recurrent], order, [1])),
            graph.Initializer(new Weight(Bias, [1, 2 * gates * units], [.. InputBias(weights, order), .. RecurrentBias(weights, order)])),
        ];
    }

    public TorchCell ToTorch(WeightSet weights)
    {
        var order = cell == Cell.LSTM ? TorchLstm : TorchGru;
        return new TorchCell(cell, features, units, Transposed(weights[Kernel], order, []).Values, Transposed(weights[Recurrent], order, []).Values,
            InputBias(weights, order), RecurrentBias(weights, order));
    }

    /// <summary>(inputs, gates * units) as (gates * units, inputs), the gates in the peer's order.</summary>
    private Weight Transposed(Weight weight, int[] order, int[] leading)
    {
        int rows = weight.Shape[0], columns = weight.Shape[1];
        var values = new float[weight.Values.Length];
        for (int gate = 0; gate < gates; gate++)
            for (int unit = 0; unit < units; unit++)
                for (int row = 0; row < rows; row++)
                    values[(((gate * units) + unit) * rows) + row] = weight.Values[(row * columns) + (order[gate] * units) + unit];
        return new Weight(weight.Name, [.. leading, columns, rows], values);
    }

    private float[] InputBias(WeightSet weights, int[] order) => Ordered(weights[Bias].Values.AsSpan(0, gates * units), order);

    /// <summary>The peers have one for both cells; Keras's LSTM has none.</summary>
    private float[] RecurrentBias(WeightSet weights, int[] order) =>
        cell == Cell.LSTM ? new float[gates * units] : Ordered(weights[Bias].Values.AsSpan(gates * units), order);

    private float[] Ordered(ReadOnlySpan<float> bias, int[] order)
    {
        var values = new float[bias.Length];
        for (int gate = 0; gate < gates; gate++) bias.Slice(order[gate] * units, units).CopyTo(values.AsSpan(gate * units));
        return values;
    }
}
