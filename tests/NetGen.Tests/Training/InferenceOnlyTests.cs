namespace NetGen.Tests.Training;

/// <summary>Networks that come from Load: what they keep, what they still can do, and what they say to the rest.</summary>
public sealed class InferenceOnlyTests
{
    private static readonly float[] Sample = [.. Enumerable.Range(0, Filtered.InputSize).Select(i => MathF.Sin(i))];

    [Fact]
    public void Predictions_are_those_of_a_constructed_network_bit_for_bit()
    {
        using TemporaryFolder folder = new();
        Filtered model = Saved(folder["a"], seed: 1), served = Filtered.Load(folder["a"]), constructed = new(seed: 9);
        constructed.LoadWeights(folder["a"]);
        Assert.True(served.IsInferenceOnly);
        Assert.False(constructed.IsInferenceOnly);
        float[] expected = Output(model);
        Assert.Equal(expected, Output(served));
        Assert.Equal(expected, Output(constructed));
        Assert.Equal(expected, Output(served, threads: 2));
    }

    [Fact]
    public void Only_what_inference_reads_is_kept()
    {
        InferenceProgram program = Program<Filtered>();
        NetworkDefinition definition = Definition<Filtered>();
        string[] kept = [.. definition.Parameters.Where((_, i) => program.Places[i] >= 0).Select(p => p.Name)];
        Assert.Equal(["conv2d_1/bias", "conv2d_2/bias", "conv2d_2/kernel", "dense/bias", "dense/kernel"], kept.Order(StringComparer.Ordinal));

        // The factors of F(4x4,3x3) are four times the first filter, those of F(2x2,3x3) on the map of 7x8 16/9 times the second; beside them there are the scale and the
        // shift of the normalization, and what is kept.
        long factors = (36 * 16 * 48) + (16 * 48 * 32), rows = 2 * 48;
        Assert.Equal(factors + rows + definition.Parameters.Where(p => kept.Contains(p.Name)).Sum(p => (long)p.Length), program.PreparedLength);
    }

    [Fact]
    public unsafe void Of_the_others_hardly_more_than_one_is_there_at_a_time()
    {
        using TemporaryFolder folder = new();
        Saved(folder["a"], seed: 1);
        ParameterInfo[] parameters = Definition<Filtered>().Parameters;
        InferenceProgram program = Program<Filtered>();
        using SafetensorsReader reader = new(folder["a"]);
        using FileParameters file = new(reader, parameters, [.. parameters.Select(p => reader.IndexOf(p.Name))]);
        Watched source = new(file, parameters);
        NativeBuffer prepared = new(program.PreparedLength), scratch = new(program.ScratchLength);
        Frame frame = default;
        frame.Parts = 1;
        frame.Parameters = source;
        frame.PreparedPointer = prepared.Pointer;
        frame.ArenaPointer = scratch.Pointer;
        program.Prepare(in frame);
        GC.KeepAlive(prepared);
        GC.KeepAlive(scratch);
        Assert.Equal(0, source.Held);
        Assert.InRange(source.MostHeld, 1, parameters.Max(p => p.Length) + 256);
    }

    [Fact]
    public unsafe void A_buffer_goes_from_one_parameter_to_the_next()
    {
        using TemporaryFolder folder = new();
        Mixed model = new(seed: 3);
        model.Save(folder["m"]);
        ParameterInfo[] parameters = Definition<Mixed>().Parameters;
        int large = Array.FindIndex(parameters, p => p.Name == "dense/kernel"), small = Array.FindIndex(parameters, p => p.Name == "dense_2/kernel");
        using SafetensorsReader reader = new(folder["m"]);
        using FileParameters file = new(reader, parameters, [.. parameters.Select(p => reader.IndexOf(p.Name))]);
        float* first = file.Get(large);
        Assert.True(first == file.Get(large));
        file.Release(large);
        float* second = file.Get(small);
        Assert.True(first == second);

        // Lanes behind the last column are zero, whatever was there before.
        float[] logical = new float[parameters[small].Count], flat = new float[parameters[small].Offset + parameters[small].Length];
        new ReadOnlySpan<float>(second, parameters[small].Length).CopyTo(flat.AsSpan(parameters[small].Offset));
        parameters[small].Unpack(flat, logical);
        Assert.Equal(model.GetWeights("dense_2/kernel"), logical);
        Assert.Equal(parameters[small].Length - logical.Count(v => v != 0), flat.AsSpan(parameters[small].Offset).ToArray().Count(v => v == 0));
    }

    [Fact]
    public void Loading_takes_little_managed_memory()
    {
        using TemporaryFolder folder = new();
        new Wide(seed: 7).Save(folder["wide"]);

        // 4 MB of weights, of which a chunk at a time passes through managed memory.
        Assert.InRange(Allocations.Of(() => Wide.Load(folder["wide"])), 0, 200_000);
    }

    [Fact]
    public void What_needs_the_weights_says_what_to_do_instead()
    {
        using TemporaryFolder folder = new();
        Saved(folder["a"], seed: 1);
        Filtered served = Filtered.Load(folder["a"]);
        float[] expected = Output(served), y = new float[1];
        Trainer<Filtered> trainer = new(served) { Loss = Loss.SparseCategoricalCrossentropy() };
        Dataset data = Dataset.FromArrays(Sample, [9, 10, 16], y);
        Action[] calls =
        [
            () => served.GetWeights("dense/kernel"),
            () => served.GetWeights("conv2d/kernel", new float[9 * 16 * 48]),
            () => served.SetWeights("dense/bias", new float[5]),
            () => served.Initialize(1),
            () => served.Save(folder["b"]),
            () => served["dense"].LoadWeights(folder["a"]),
            () => served["dense"].SaveWeights(folder["b"]),
            () => trainer.Fit(data),
            () => trainer.TrainOnBatch(Sample, y),
            () => trainer.SaveCheckpoint(folder["b"]),
            () => trainer.LoadCheckpoint(folder["a"]),
        ];
        foreach (Action call in calls)
        {
            Assert.Contains("'var model = new Filtered(); model.LoadWeights(path);'", Assert.Throws<InvalidOperationException>(call).Message, StringComparison.Ordinal);
        }

        Assert.False(File.Exists(folder["b"]));
        Assert.Equal(expected, Output(served));
    }

    [Fact]
    public void A_loaded_network_can_be_evaluated()
    {
        using TemporaryFolder folder = new();
        Tiny model = new(seed: 3);
        model.Save(folder["tiny"]);
        double Evaluate(Tiny network) => new Trainer<Tiny>(network) { Loss = Loss.SparseCategoricalCrossentropy() }.Evaluate(ToyData.Blobs(20, 4, 3))["loss"];
        Assert.Equal(Evaluate(model), Evaluate(Tiny.Load(folder["tiny"])));
    }

    [Fact]
    public void A_file_of_another_network_changes_nothing()
    {
        using TemporaryFolder folder = new();
        Saved(folder["a"], seed: 1);
        new Tiny().Save(folder["tiny"]);
        Filtered served = Filtered.Load(folder["a"]);
        float[] expected = Output(served);
        Assert.Throws<ModelFileException>(() => served.LoadWeights(folder["tiny"]));
        Assert.Throws<FileNotFoundException>(() => served.LoadWeights(folder["nothing"]));
        Assert.Equal(expected, Output(served));
    }

    [Fact]
    public void New_weights_can_be_loaded_while_others_predict()
    {
        using TemporaryFolder folder = new();
        float[][] expected = [Output(Saved(folder["0"], seed: 1)), Output(Saved(folder["1"], seed: 2))];
        Assert.NotEqual(expected[0], expected[1]);
        Filtered served = Filtered.Load(folder["0"]);
        bool isDone = false;
        int wrong = 0;
        Thread[] readers =
        [
            .. Enumerable.Range(0, 2).Select(_ => new Thread(() =>
            {
                do
                {
                    float[] y = Output(served);
                    if (!expected.Any(e => e.SequenceEqual(y))) Interlocked.Increment(ref wrong);
                }
                while (!Volatile.Read(ref isDone));
            })),
        ];
        foreach (Thread reader in readers) reader.Start();
        for (int i = 1; i <= 51; i++) served.LoadWeights(folder[i % 2 == 0 ? "0" : "1"]);
        Volatile.Write(ref isDone, true);
        foreach (Thread reader in readers) reader.Join();
        Assert.Equal(0, wrong);
        Assert.True(served.IsInferenceOnly);
        Assert.Equal(expected[1], Output(served));
    }

    private static Filtered Saved(string path, ulong seed)
    {
        Filtered model = new(seed);
        model.SetWeights("batch_normalization/moving_mean", [.. Enumerable.Range(0, 48).Select(i => i / 100f)]);
        model.SetWeights("batch_normalization/gamma", [.. Enumerable.Range(0, 48).Select(i => 1 + (i / 50f))]);
        model.Save(path);
        return model;
    }

    private static float[] Output(Filtered network, int threads = 1)
    {
        float[] y = new float[Filtered.OutputSize];
        network.Predict(Sample, y, threads);
        return y;
    }

    private static InferenceProgram Program<T>()
        where T : Network<T>, INetwork<T> => T.CreateInferenceProgram()!;

    private static NetworkDefinition Definition<T>()
        where T : Network<T>, INetwork<T> => T.Definition;

    /// <summary>Counts what a source holds.</summary>
    private sealed unsafe class Watched(ParameterSource source, ParameterInfo[] parameters) : ParameterSource
    {
        private readonly HashSet<int> held = [];

        public int Held => this.held.Sum(i => parameters[i].Length);

        public int MostHeld { get; private set; }

        public override float* Get(int index)
        {
            this.held.Add(index);
            this.MostHeld = Math.Max(this.MostHeld, this.Held);
            return source.Get(index);
        }

        public override void Read(int index, Span<float> destination) => source.Read(index, destination);

        public override void Release(int index)
        {
            this.held.Remove(index);
            source.Release(index);
        }
    }
}
