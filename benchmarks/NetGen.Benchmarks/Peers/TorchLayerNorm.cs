using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace NetGen.Benchmarks;

/// <summary>A normalization of each row.</summary>
internal sealed class TorchLayerNorm(Weight gamma, Weight beta, double epsilon) : TorchLayer
{
    private readonly Parameter gamma = Parameter(tensor(gamma.Values)), beta = Parameter(tensor(beta.Values));
    private readonly long[] shape = [gamma.Values.Length];

    public override IEnumerable<Parameter> Parameters => [gamma, beta];

    public override Tensor Forward(ReadOnlySpan<Tensor> x) => functional.layer_norm(x[0], shape, gamma, beta, epsilon);
}
