using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NetGen.Benchmarks;

/// <summary>What both TorchSharp contestants share: the process's settings and the network with the setup's weights.</summary>
internal sealed class TorchNetwork : IDisposable
{
    private readonly TorchLayer[] layers;

    /// <summary>For each layer the numbers of the values that it reads, and of those that nothing reads after it; the first values are the inputs.</summary>
    private readonly int[][] inputs, lastReads;

    private readonly Tensor?[] values;

    /// <summary>Sets libtorch up for this process.</summary>
    public TorchNetwork(Setup setup, TorchOptions options)
    {
        SetUp(options.Threads);
        var given = setup.Workload.Inputs;
        var computed = setup.Workload.Layers.Except(given).ToList();
        var numbers = given.Concat(computed).Index().ToDictionary(l => l.Item, l => l.Index);
        layers = [.. computed.Select(layer => layer.ToTorch(setup.Weights, options))];
        inputs = [.. computed.Select(layer => layer.Inputs.Select(input => numbers[input]).ToArray())];
        var last = inputs.Index().SelectMany(l => l.Item.Select(value => (Value: value, l.Index))).ToLookup(r => r.Value, r => r.Index);
        lastReads = [.. inputs.Index().Select(l => l.Item.Distinct().Where(value => value >= given.Count && last[value].Max() == l.Index).ToArray())];
        values = new Tensor?[numbers.Count];
    }

    public IEnumerable<Parameter> Parameters => layers.SelectMany(layer => layer.Parameters);

    /// <summary>Environment variables that must be set before the process starts.</summary>
    public static IReadOnlyDictionary<string, string> Environment(Setup setup)
    {
        // libtorch allocates each result anew. With these, glibc keeps freed blocks, where by default it gives large ones back to the system
        // and every call pays page faults for them.
        Dictionary<string, string> variables = new()
        {
            ["MALLOC_MMAP_THRESHOLD_"] = "4294967295",
            ["MALLOC_TRIM_THRESHOLD_"] = "4294967295",
            ["MALLOC_TOP_PAD_"] = "67108864",
        };
        // Where two of OpenMP's threads share a core, one that waits must leave it to the other.
        if (setup.Threads == 1) variables.Add("OMP_WAIT_POLICY", "passive");
        return variables;
    }

    /// <summary>Loads the native library and says how many threads it may use.</summary>
    public static void SetUp(int threads)
    {
        // Before anything else that touches TorchSharp: without it the native library may not load.
        GlibcxxRequirement.Relax(Path.Combine(AppContext.BaseDirectory, "libLibTorchSharp.so"));
        set_num_threads(threads);
        // No operator runs beside another here.
        if (get_num_interop_threads() != 1) set_num_interop_threads(1);
    }

    /// <summary>The same numbers with the strides of channels last, by which libtorch chooses the layout that it computes in.</summary>
    public static Tensor ChannelsLast(Tensor x)
    {
        using var moved = x.permute(0, 2, 3, 1);
        using var last = moved.contiguous();
        using var first = last.permute(0, 3, 1, 2);
        // It keeps the strides and is no view, which a parameter may not be.
        return first.clone();
    }

    /// <summary>The setup's inputs, in the options' layout.</summary>
    public static Tensor[] Inputs(Setup setup, TorchOptions options) => [.. setup.PeerInputs.Zip(setup.PeerInputShapes, (values, shape) => Input(values, shape, options))];

    /// <summary>The caller owns the result; what lies between is let go of after its last use.</summary>
    public Tensor Forward(Tensor[] x)
    {
        x.CopyTo(values, 0);
        Span<Tensor> read = new Tensor[2];
        for (int i = 0; i < layers.Length; i++)
        {
            for (int k = 0; k < inputs[i].Length; k++) read[k] = values[inputs[i][k]]!;
            values[x.Length + i] = layers[i].Forward(read[..inputs[i].Length]);
            foreach (int value in lastReads[i]) values[value]!.Dispose();
        }
        return values[^1]!;
    }

    private static Tensor Input(float[] values, long[] shape, TorchOptions options)
    {
        var x = tensor(values, shape);
        if (!options.ChannelsLast || shape.Length != 4) return x;
        using (x) return ChannelsLast(x);
    }

    public void Dispose()
    {
        foreach (var layer in layers) layer.Dispose();
    }
}
