using TorchSharp;
using static TorchSharp.torch;

namespace NetGen.Benchmarks;

/// <summary>
/// Eager TorchSharp inference. TorchScript compiled from text (torch.jit.compile, the one way to it without Python) was tried: a quarter
/// slower than eager modules on mlp and on a net of mlp-tiny's sizes with batch 1, and no faster on mlp with batch 64. What freezing does for
/// convolutions, the folding of normalizations, is done here too.
/// </summary>
internal sealed class TorchInference : IContestant
{
    private readonly TorchNetwork network;
    private readonly Tensor[] x;
    private readonly Setup setup;
    private readonly IDisposable mode;
    private readonly float[] output;
    private Tensor? y;

    private TorchInference(Setup setup, TorchOptions options)
    {
        network = new TorchNetwork(setup, options);
        this.setup = setup;
        x = TorchNetwork.Inputs(setup, options);
        output = new float[setup.OutputCount];
        // No graph for gradients is recorded, and no version counters are kept.
        mode = inference_mode();
    }

    public static IReadOnlyList<Variant> Variants(Setup setup) => TorchOptions.Variants(setup, options => new TorchInference(setup, options));

    /// <summary>Copied out of libtorch only here: the step itself leaves its result where it is.</summary>
    public ReadOnlySpan<float> Output
    {
        get
        {
            y!.data<float>().CopyTo(output);
            return setup.FromPeer(output);
        }
    }

    public void Step()
    {
        y?.Dispose();
        y = network.Forward(x);
    }

    public void Dispose()
    {
        y?.Dispose();
        mode.Dispose();
        foreach (var input in x) input.Dispose();
        network.Dispose();
    }
}
