using NetGen.Benchmarks.Onnx;
using NetGen.Onnx.Proto;

namespace NetGen.Benchmarks;

/// <summary>All outputs of an LSTM (decoder) that starts from the last states of another one (encoder), each over its own (time, features).</summary>
internal sealed class EncoderDecoderLayer(string name, Layer source, Layer target, int units) : Layer(name, source, target)
{
    public RecurrentWeights Encoder { get; } = new("encoder", Cell.LSTM, source.OutputShape[1], units);

    public RecurrentWeights Decoder { get; } = new("decoder", Cell.LSTM, target.OutputShape[1], units);

    public int Units => units;

    public override IEnumerable<WeightShape> Weights => [.. Encoder.Shapes, .. Decoder.Shapes];

    public override long MultiplyAdds => (Inputs[0].OutputShape[0] * Encoder.MultiplyAdds.All) + (Inputs[1].OutputShape[0] * Decoder.MultiplyAdds.All);

    public override long InputMultiplyAdds => (Inputs[0].OutputShape[0] * Encoder.MultiplyAdds.Input) + (Inputs[1].OutputShape[0] * Decoder.MultiplyAdds.Input);

    protected override int[] InferShape() => [Inputs[1].OutputShape[0], units];

    public override string AddTo(OnnxGraph graph, string[] inputs, WeightSet weights)
    {
        AttributeProto hidden = OnnxGraph.Integer("hidden_size", units);
        // Of the encoder the states behind the last step, of the decoder the outputs of all steps.
        graph.Node("LSTM", "encoder", [hidden], ["", "encoder:h", "encoder:c"], Encoder.ToOnnx(graph, inputs[0], weights));
        graph.Node("LSTM", "decoder", [hidden], ["decoder:y"], [.. Decoder.ToOnnx(graph, inputs[1], weights), "", "encoder:h", "encoder:c"]);
        // (time, 1, batch, units) as (time, batch, units).
        return graph.Node("Reshape", Name + "/y", [], "decoder:y", graph.Initializer(Name + "/shape", [OutputShape[0], graph.Batch, units]));
    }

    public override TorchLayer ToTorch(WeightSet weights, TorchOptions options) => new TorchEncoderDecoder(Encoder.ToTorch(weights), Decoder.ToTorch(weights));
}
