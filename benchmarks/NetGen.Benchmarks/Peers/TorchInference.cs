using TorchSharp;
using static TorchSharp.torch;

namespace NetGen.Benchmarks;

/// <summary>
/// TorchSharp inference with eager modules. TorchScript compiled from text (torch.jit.compile, the only way to it without Python) was slower
/// on every dense workload: its arguments are boxed anew at each call.
/// </summary>
internal sealed class TorchInference : IContestant
{
    private readonly nn.Module<Tensor, Tensor> network;
    private readonly Tensor x;
    private readonly IDisposable mode;
    private readonly float[] output;
    private Tensor? y;

    public TorchInference(Setup setup)
    {
        TorchNetwork.Start(setup.Threads);
        network = TorchNetwork.Build(setup, logits: false);
        network.eval();
        x = tensor(setup.Input, setup.InputShape);
        output = new float[setup.OutputShape.Aggregate(1L, (a, b) => a * b)];
        // No graph for gradients is recorded, and no version counters are kept.
        mode = inference_mode();
    }

    /// <summary>Copied out of libtorch only here: the step itself leaves its result where it is.</summary>
    public ReadOnlySpan<float> Output
    {
        get
        {
            y!.data<float>().CopyTo(output);
            return output;
        }
    }

    public void Step()
    {
        y?.Dispose();
        y = network.call(x);
    }

    public void Dispose()
    {
        y?.Dispose();
        mode.Dispose();
        x.Dispose();
        network.Dispose();
    }
}
