using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NetGen.Benchmarks;

/// <summary>What both TorchSharp contestants share: the process's settings and the network with the setup's weights.</summary>
internal sealed class TorchNetwork : IDisposable
{
    private readonly TorchLayer[] layers;
    private readonly bool logits;

    /// <summary>Sets libtorch up for this process; <paramref name="logits"/> leaves softmax to the loss.</summary>
    public TorchNetwork(Setup setup, bool logits)
    {
        // Before anything else that touches TorchSharp: without it the native library may not load.
        GlibcxxRequirement.Relax(Path.Combine(AppContext.BaseDirectory, "libLibTorchSharp.so"));
        set_num_threads(setup.Threads);
        // No operator runs beside another here.
        if (get_num_interop_threads() != 1) set_num_interop_threads(1);
        layers = [.. setup.Workload.Layers.Select(layer => layer.ToTorch(setup.Weights))];
        this.logits = logits;
    }

    /// <summary>
    /// libtorch allocates each result anew. With these, glibc keeps freed blocks, where by default it gives large ones back to the system
    /// and every call pays page faults for them.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Environment { get; } = new Dictionary<string, string>
    {
        ["MALLOC_MMAP_THRESHOLD_"] = "4294967295",
        ["MALLOC_TRIM_THRESHOLD_"] = "4294967295",
        ["MALLOC_TOP_PAD_"] = "67108864",
    };

    public IEnumerable<Parameter> Parameters => layers.SelectMany(layer => layer.Parameters);

    /// <summary>The caller owns the result; what lies between is let go at once.</summary>
    public Tensor Forward(Tensor x)
    {
        var y = layers[0].Forward(x, logits);
        for (int i = 1; i < layers.Length; i++)
        {
            using var between = y;
            y = layers[i].Forward(between, logits);
        }
        return y;
    }

    public void Dispose()
    {
        foreach (var layer in layers) layer.Dispose();
    }
}
