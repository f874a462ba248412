using Microsoft.ML.OnnxRuntime;
using NetGen.Benchmarks.Onnx;

namespace NetGen.Benchmarks;

/// <summary>ONNX Runtime with its best settings for repeated calls on one shape.</summary>
internal sealed class OrtInference : IContestant
{
    private readonly RunOptions run = new();
    private readonly InferenceSession session;
    private readonly OrtValue[] inputs;
    private readonly OrtValue output;
    private readonly Setup setup;

    /// <summary>States of a stream, before and behind a step by turns; none of other networks.</summary>
    private readonly OrtValue[][] states;

    /// <summary>One of each turn.</summary>
    private readonly OrtIoBinding[] bindings;

    private int turn;
    private readonly float[] y;

    private OrtInference(Setup setup, SessionOptions options)
    {
        session = new InferenceSession(OnnxGraph.Write(setup), options);
        this.setup = setup;
        y = new float[setup.OutputCount];
        inputs = [.. setup.PeerInputs.Zip(setup.PeerInputShapes, (values, shape) => OrtValue.CreateTensorValueFromMemory(values, shape))];
        output = OrtValue.CreateTensorValueFromMemory(y, setup.PeerOutputShape);
        // Bound once: neither names nor shapes are looked up per call, and the result is written where it is wanted.
        string[] names = [.. session.InputNames.Skip(inputs.Length)];
        states = [.. Enumerable.Range(0, names.Length == 0 ? 1 : 2).Select(_ => names.Select(State).ToArray())];
        bindings = [.. states.Select((before, i) => Bind(before, states[^(i + 1)]))];

        OrtValue State(string name)
        {
            long[] shape = [.. session.InputMetadata[name].Dimensions.Select(d => (long)d)];
            return OrtValue.CreateTensorValueFromMemory(new float[shape.Aggregate(1L, (a, b) => a * b)], shape);
        }

        OrtIoBinding Bind(OrtValue[] before, OrtValue[] after)
        {
            var binding = session.CreateIoBinding();
            foreach (var (input, value) in setup.Workload.Inputs.Zip(inputs)) binding.BindInput(input.Name, value);
            binding.BindOutput(session.OutputNames[0], output);
            for (int i = 0; i < before.Length; i++)
            {
                binding.BindInput(names[i], before[i]);
                binding.BindOutput(session.OutputNames[i + 1], after[i]);
            }
            return binding;
        }
    }

    public ReadOnlySpan<float> Output => setup.FromPeer(y);

    public static IReadOnlyList<Variant> Variants(Setup setup) => Variants(setup, options => new OrtInference(setup, options));

    /// <summary>
    /// Packing weights beforehand wins for batches, while a batch of 1 may run faster on the plain matrix. With several threads, spinning
    /// workers win for small work; they disturb nobody, since the process is stopped outside of its rounds.
    /// </summary>
    public static IReadOnlyList<Variant> Variants(Setup setup, Func<SessionOptions, IContestant> create)
    {
        bool[] spins = setup.Threads > 1 ? [true, false] : [true];
        return [.. from prepack in new[] { true, false }
                   from spin in spins
                   select new Variant($"prepacking {OnOff(prepack)}" + (setup.Threads > 1 ? $", spinning {OnOff(spin)}" : ""),
                       () => Create(prepack, spin))];

        IContestant Create(bool prepack, bool spin)
        {
            using var options = CreateOptions(setup.Threads);
            options.AddSessionConfigEntry("session.disable_prepacking", prepack ? "0" : "1");
            options.AddSessionConfigEntry("session.intra_op.allow_spinning", spin ? "1" : "0");
            return create(options);
        }
    }

    /// <summary>What is best for every model: all graph optimizations (they include the NCHWc layout), the arena, memory planned once.</summary>
    public static SessionOptions CreateOptions(int threads) => new()
    {
        GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
        // Operators one after another, each on all threads: the graphs have no branches worth a thread of their own.
        ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
        IntraOpNumThreads = threads,
        InterOpNumThreads = 1,
        EnableMemoryPattern = true,
        EnableCpuMemArena = true,
        LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
    };

    public void Step()
    {
        session.RunWithBinding(run, bindings[turn]);
        turn = bindings.Length - 1 - turn;
    }

    public void Dispose()
    {
        foreach (var binding in bindings) binding.Dispose();
        foreach (var state in states.SelectMany(s => s)) state.Dispose();
        foreach (var input in inputs) input.Dispose();
        output.Dispose();
        session.Dispose();
        run.Dispose();
    }

    private static string OnOff(bool value) => value ? "on" : "off";
}
