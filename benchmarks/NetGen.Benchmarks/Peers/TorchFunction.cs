using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NetGen.Benchmarks;

/// <summary>A layer without parameters.</summary>
internal sealed class TorchFunction(Func<Tensor, Tensor> function) : TorchLayer
{
    public override IEnumerable<Parameter> Parameters => [];

    public override Tensor Forward(Tensor x, bool logits) => function(x);
}
