using NetGen.Benchmarks.Onnx;
using NetGen.Onnx.Proto;

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
    private readonly RecurrentWeights own = new(name, cell, x.OutputShape[1], units);

    public override IEnumerable<WeightShape> Weights => own.Shapes;

    public override long MultiplyAdds => Inputs[0].OutputShape[0] * own.MultiplyAdds.All;

    public override long InputMultiplyAdds => Inputs[0].OutputShape[0] * own.MultiplyAdds.Input;

    protected override int[] InferShape() => [units];

    public override string AddTo(OnnxGraph graph, string[] inputs, WeightSet weights)
    {
        string[] all = own.ToOnnx(graph, inputs[0], weights);
        AttributeProto hidden = OnnxGraph.Integer("hidden_size", units);
        // The first output would be those of all steps.
        string last = isStream ? graph.Recurrent("LSTM", Name, [hidden], all, "h", "c") : cell == Cell.LSTM
            ? graph.SecondOutput("LSTM", Name, [hidden], all)
            : graph.SecondOutput("GRU", Name, [hidden, OnnxGraph.Integer("linear_before_reset", 1)], all);
        // (1, batch, units) as (batch, units).
        return graph.Node("Reshape", Name + "/last", [], last, graph.Initializer(Name + "/shape", [-1, units]));
    }

    public override TorchLayer ToTorch(WeightSet weights, TorchOptions options) => new TorchRecurrent(own.ToTorch(weights), isStream);
}
