using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NetGen.Benchmarks;

/// <summary>
/// A layer as calls of torch's functions on its parameters. Modules chained by nn.Sequential compute the same and spend about a
/// microsecond more per layer, a fifth of a small network's time.
/// </summary>
internal abstract class TorchLayer : IDisposable
{
    /// <summary>What the optimizer trains.</summary>
    public abstract IEnumerable<Parameter> Parameters { get; }

    /// <summary>The layer's output; <paramref name="logits"/> leaves out a softmax, for a loss that contains it.</summary>
    public abstract Tensor Forward(Tensor x, bool logits);

    public void Dispose()
    {
        foreach (var parameter in Parameters) parameter.Dispose();
    }
}
