using TorchSharp;
using static TorchSharp.torch;

namespace NetGen.Benchmarks;

/// <summary>What both TorchSharp contestants share: the process's settings and the network.</summary>
internal static class TorchNetwork
{
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

    /// <summary>Makes TorchSharp loadable and sets its thread counts. Must come before anything else that touches TorchSharp.</summary>
    public static void Start(int threads)
    {
        GlibcxxRequirement.Relax(Path.Combine(AppContext.BaseDirectory, "libLibTorchSharp.so"));
        set_num_threads(threads);
        // No operator runs beside another here.
        if (get_num_interop_threads() != 1) set_num_interop_threads(1);
    }

    /// <summary>The workload's network with its weights; <paramref name="logits"/> leaves a final softmax to the loss.</summary>
    public static nn.Module<Tensor, Tensor> Build(Setup setup, bool logits)
    {
        var modules = setup.Workload.Layers.SelectMany(layer => layer.ToTorch(setup.Weights)).ToList();
        if (logits && modules[^1] is TorchSharp.Modules.Softmax softmax)
        {
            modules.RemoveAt(modules.Count - 1);
            softmax.Dispose();
        }
        return nn.Sequential(modules);
    }
}
