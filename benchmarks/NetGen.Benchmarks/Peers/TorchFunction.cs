using static TorchSharp.torch;

namespace NetGen.Benchmarks;

/// <summary>A layer without parameters.</summary>
internal sealed class TorchFunction(TorchFunction.Function function) : TorchLayer
{
    public delegate Tensor Function(ReadOnlySpan<Tensor> x);

    public override Tensor Forward(ReadOnlySpan<Tensor> x) => function(x);
}
