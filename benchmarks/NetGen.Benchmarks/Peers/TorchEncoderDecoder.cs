using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NetGen.Benchmarks;

/// <summary>All outputs of an LSTM that starts from the last states of another one.</summary>
internal sealed class TorchEncoderDecoder(TorchCell encoder, TorchCell decoder) : TorchLayer
{
    public override IEnumerable<Parameter> Parameters => [.. encoder.Parameters, .. decoder.Parameters];

    public override Tensor Forward(ReadOnlySpan<Tensor> x)
    {
        var (encoded, h, c) = encoder.Run(x[0]);
        var (y, lastH, lastC) = decoder.Run(x[1], h, c);
        foreach (var unused in new[] { encoded, h, c!, lastH, lastC! }) unused.Dispose();
        return y;
    }

    public override void Dispose()
    {
        encoder.Dispose();
        decoder.Dispose();
    }
}
