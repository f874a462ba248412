using static TorchSharp.torch;

namespace NetGen.Benchmarks;

/// <summary>A sum, in place of the branch, whose output no gradient asks for.</summary>
internal sealed class TorchAdd(Nonlinearity nonlinearity) : TorchLayer
{
    public override Tensor Forward(ReadOnlySpan<Tensor> x)
    {
        x[1].add_(x[0]);
        // Another handle of the same memory: what a layer was given is let go of after its last use.
        return InPlace(nonlinearity, x[1].alias());
    }
}
