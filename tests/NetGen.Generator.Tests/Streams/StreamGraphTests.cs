namespace NetGen.Generator.Tests;

/// <summary>Graphs that run step by step, against the whole sequence, in double.</summary>
public sealed class StreamGraphTests
{
    private const int Samples = 2;
    private const int Calls = 4;

    private static readonly string[] Tapes =
    [
        "[Input(Dim.Any, 3), LSTM(2, ReturnSequences = true), GRU(3), Dense(2)]",
        "[Input(Dim.Any, 2), Masking, SimpleRNN(3, ReturnSequences = true, ZeroOutputForMask = true), GRU(2, ResetAfter = false, ReturnSequences = true)]",
        "[Input(Dim.Any, 2), Conv1D(3, 3, Padding = Padding.Causal, DilationRate = 2), LayerNormalization, Conv1D(2, 4, Strides = 2, Padding = Padding.Causal), MaxPooling1D(3), AveragePooling1D(2)]",
        "[Input(Dim.Any, 4), Conv1D(4, 2, Groups = 2, Padding = Padding.Causal, Strides = 3), LSTM(2, ReturnSequences = true), Softmax]",
        "[Input(Dim.Any, 2, 3), Dense(2), Dense(2, TimeDistributed = true), Flatten(TimeDistributed = true), GRU(2)]",
        "[Input(Dim.Any, 3, Name = \"s\"), LSTM(2, ReturnSequences = true, ReturnState = true, Name = \"e\")][Input(Dim.Any, 2, Name = \"x\"), LSTM(2, InitialState = \"e\", ReturnSequences = true, Name = \"d\"), Attention(\"d\", \"e\", Name = \"a\"), Concatenate(\"d\", \"a\"), Dense(2)]",
        "[Input(Dim.Any, 3), LSTM(4), RepeatVector(3), GRU(2, ReturnSequences = true), LSTM(2, Bidirectional = Merge.Concat), Dense(2)]",
        "[Input(Dim.Any, 3, 4, 2), ConvLSTM2D(2, 2, ReturnSequences = true), ConvLSTM2D(3, 3, Padding = Padding.Same)]",
        "[Input(Dim.Any, 3), GRU(4, ReturnState = true, Name = \"e\"), RepeatVector(2), GRU(4, InitialState = \"e\", ReturnSequences = true)]",
        "[Input(Dim.Any, 3), MultiHeadAttention(2, 3, ValueDim = 5, UseCausalMask = true, UseGate = true), Dense(2)]",
        "[Input(Dim.Any, 3), Masking, MultiHeadAttention(3, 1, UseCausalMask = true, Name = \"m\"), GroupQueryAttention(3, 4, 2, UseCausalMask = true), LSTM(2)]",
        "[Input(Dim.Any, 3), Masking, Attention(UseCausalMask = true, UseScale = true), AdditiveAttention(UseCausalMask = true), Attention(UseCausalMask = true, UseScale = true, ScoreMode = ScoreMode.Concat)]",
        "[Input(Dim.Any, 2), Conv1D(4, 4, Strides = 2, Padding = Padding.Causal), MultiHeadAttention(2, 3, UseCausalMask = true), MaxPooling1D(2, Name = \"p\"), SinePositionEncoding(Name = \"s\"), Add(\"p\", \"s\"), Attention(UseCausalMask = true)]",
        "[Input(Dim.Any, 3), AveragePooling1D(2), Conv1D(3, 3, Padding = Padding.Causal, Strides = 3), Masking, GroupQueryAttention(3, 2, 1, UseCausalMask = true)]",
        "[Input(Dim.Any, 2), Conv1D(4, 1), Masking, MultiHeadAttention(2, 3, UseCausalMask = true), MaxPooling1D(3), LSTM(2, ReturnSequences = true)]",
        "[Input(Dim.Any, Type = ElementType.Int32), TokenAndPositionEmbedding(3, 6, 4, MaskZero = true, Name = \"e\"), MultiHeadAttention(2, 2, UseCausalMask = true, Name = \"m\"), Add(\"e\", \"m\"), LayerNormalization, Dense(2)]",
        "[Input(Dim.Any, 3, Name = \"x\"), PositionEmbedding(7, Name = \"p\"), Add(\"x\", \"p\", Name = \"y\"), SinePositionEncoding(MaxWavelength = 50, Name = \"s\"), Add(\"y\", \"s\"), GRU(2)]",
        "[Input(Dim.Any, 2, 3), MultiHeadAttention(2, 2, AttentionAxes = 1, UseCausalMask = true), MultiHeadAttention(2, 2, AttentionAxes = 2), Flatten(TimeDistributed = true), GRU(2)]",
        "[Input(Dim.Any, Type = ElementType.Int32, Name = \"s\"), Embedding(3, 4, MaskZero = true), MultiHeadAttention(2, 2, Name = \"e\")][Input(Dim.Any, Type = ElementType.Int32, Name = \"x\"), TokenAndPositionEmbedding(3, 5, 4, Name = \"d\"), MultiHeadAttention(2, 3, UseCausalMask = true, Name = \"m\"), Add(\"d\", \"m\", Name = \"q\"), MultiHeadAttention(2, 3, \"q\", \"e\", Name = \"c\"), Add(\"q\", \"c\"), LayerNormalization, Dense(3)]",
    ];

    /// <summary>What the layers' own samples and these are made of; each may or may not run step by step, but nothing may be wrong.</summary>
    public static TheoryData<string> All => [.. LayerSamples.All.Where(t => t.Contains("Dim.Any", StringComparison.Ordinal)), .. Tapes];

    public static TheoryData<string> Streamed => [.. Tapes];

    [Theory]
    [MemberData(nameof(All))]
    public void Steps_give_what_the_sequence_so_far_gives(string tape)
    {
        Graph source = TapeText.Graph(tape);
        foreach (StreamGraph stream in Graphs(source))
            Check(source, stream);
    }

    [Theory]
    [MemberData(nameof(Streamed))]
    public void These_run_step_by_step(string tape)
    {
        (StreamGraph? graph, string? refusal) = StreamTape.Of(TapeText.Parse(tape));
        Assert.True(graph is not null, refusal);
        Assert.NotEmpty(graph.Step.States);
        Assert.Equal(tape.Contains("UseCausalMask", StringComparison.Ordinal), graph.Grows);
    }

    [Theory]
    [InlineData("LSTM(2, GoBackwards = true), Dense(1)", "lstm")]
    [InlineData("GRU(2, Bidirectional = Merge.Sum, ReturnSequences = true), Dense(1)", "gru")]
    [InlineData("Conv1D(2, 3, Padding = Padding.Same), LSTM(2)", "conv1d")]
    [InlineData("Conv1D(2, 3), LSTM(2)", "conv1d")]
    [InlineData("LSTM(2, ReturnSequences = true), GlobalAveragePooling1D", "global_average_pooling1d")]
    [InlineData("LSTM(2, ReturnSequences = true), MaxPooling1D(3, Strides = 2)", "max_pooling1d")]
    [InlineData("LSTM(3, ReturnSequences = true), Attention", "attention")]
    [InlineData("MultiHeadAttention(2, 2), LSTM(2)", "multi_head_attention")]
    [InlineData("MultiHeadAttention(2, 2, UseCausalMask = true), GroupQueryAttention(2, 2, 1)", "grouped_query_attention")]
    [InlineData("AdditiveAttention, LSTM(2)", "additive_attention")]
    [InlineData("Dense(3, Name = \"d\"), PositionEmbedding(2, Name = \"p\"), Add(\"d\", \"p\"), Conv1D(2, 2, Strides = 3, Padding = Padding.Causal), LSTM(2)", "p")]
    [InlineData("MultiHeadAttention(2, 2, UseCausalMask = true), GlobalMaxPooling1D", "global_max_pooling1d")]
    [InlineData("ZeroPadding1D(2, 0), LSTM(2)", "zero_padding1d")]
    [InlineData("LSTM(2, ReturnSequences = true, ReturnState = true, Name = \"e\"), LSTM(2, InitialState = \"e\", Name = \"d\")", "d")]
    public void What_needs_later_steps_is_named(string layers, string name)
    {
        (StreamGraph? graph, string? refusal) = StreamTape.Of(TapeText.Parse($"[Input(Dim.Any, 3), {layers}]"));
        Assert.Null(graph);
        Assert.Contains($"'{name}'", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_recurrence_within_each_step_is_named()
    {
        (StreamGraph? graph, string? refusal) = StreamTape.Of(TapeText.Parse("[Input(Dim.Any, 4, 3), LSTM(2, TimeDistributed = true), GRU(2)]"));
        Assert.Null(graph);
        Assert.Contains("'lstm'", refusal, StringComparison.Ordinal);
    }

    /// <summary>With all times coming step by step, and with each alone.</summary>
    private static IEnumerable<StreamGraph> Graphs(Graph source)
    {
        Value[] timed = [.. source.Inputs.Where(i => i.Shape.Rank > 1 && !i.Shape[1].IsConstant)];
        return timed.Select(t => (Func<Value, bool>)(v => v == t)).Prepend(timed.Contains).Select(f => StreamGraph.Of(source, f).Graph).OfType<StreamGraph>();
    }

    private static void Check(Graph source, StreamGraph stream)
    {
        Random random = new(3);
        int most = Calls * stream.Steps;
        Dictionary<string, long> sizes = new() { ["n"] = Samples };
        foreach (string time in SizeNames.OfProgram(source).Where(s => s != "n"))
            sizes[time] = 5;
        foreach (int i in stream.Inputs)
            sizes[source.Inputs[i].Shape[1].ToString()] = most;
        Dictionary<string, double[]> inputs = source.Inputs.ToDictionary(i => i.Name, i => Numbers(i, random, sizes));
        Dictionary<string, double[]> weights = source.Parameters.ToDictionary(p => p.Name, p => Numbers(p, random, sizes));

        sizes["past"] = 0;
        Interpreter setup = new(sizes);
        if (stream.Setup is { } before)
            Run(setup, before, i => inputs[i.Name], weights);
        double[][] states = [.. stream.Step.States.Select((s, i) => stream.Starts[i] < 0 ? new double[s.Shape.Evaluate(sizes).Aggregate(1, (a, b) => a * b)] : [.. setup.Get(stream.Setup!.Outputs[stream.Starts[i]].Value).Data])];
        int first = stream.Inputs.Count;
        for (int call = 1; call <= Calls; call++)
        {
            Interpreter step = new(new Dictionary<string, long>(sizes) { ["past"] = call - 1 });
            for (int i = 0; i < states.Length; i++)
                step.Set(stream.Step.States[i], states[i]);
            int at = call;
            Run(step, stream.Step, i => i.Slot >= first ? setup.Get(stream.Setup!.Outputs[i.Slot - first].Value).Data : Steps(inputs[i.Name], most, (at - 1) * stream.Steps, stream.Steps), weights);
            states = [.. stream.Step.States.Select(s => step.Get(stream.Step.Updates.Single(u => u.State == s).NewValue).Data)];

            Dictionary<string, long> sofar = new(sizes);
            foreach (int i in stream.Inputs)
                sofar[source.Inputs[i].Shape[1].ToString()] = call * stream.Steps;
            Interpreter whole = new(sofar);
            Run(whole, source, i => stream.Inputs.Contains(i.Slot) ? Steps(inputs[i.Name], most, 0, at * stream.Steps) : inputs[i.Name], weights);
            for (int i = 0; i < source.Outputs.Count; i++)
                AssertNewest(whole.Get(source.Outputs[i].Value), step.Get(stream.Step.Outputs[i].Value));
        }
    }

    private static void Run(Interpreter interpreter, Graph graph, Func<Value, double[]> input, Dictionary<string, double[]> weights)
    {
        foreach (Value value in graph.Inputs)
            interpreter.Set(value, input(value));
        foreach (Value parameter in graph.Parameters)
            interpreter.Set(parameter, weights[parameter.Name]);
        interpreter.Run(graph);
    }

    /// <summary>Of an output with a time the call has the last steps.</summary>
    private static void AssertNewest(DoubleTensor whole, DoubleTensor step)
    {
        Assert.Equal(whole.Shape.Length, step.Shape.Length);
        int axis = Array.FindIndex([.. whole.Shape.Zip(step.Shape)], d => d.First != d.Second);
        int[] from = new int[whole.Shape.Length];
        if (axis >= 0)
            from[axis] = whole.Shape[axis] - step.Shape[axis];
        int[] strides = whole.BroadcastStrides(whole.Shape.Length);
        int element = 0;
        foreach (int[] index in DoubleTensor.Indices(step.Shape))
            Assert.Equal(whole.Data[DoubleTensor.Offset([.. index.Zip(from, (a, b) => a + b)], strides)], step.Data[element++], 1e-9);
    }

    private static double[] Steps(double[] x, int time, int start, int count)
    {
        int size = x.Length / Samples / time;
        return [.. Enumerable.Range(0, Samples).SelectMany(s => x.Skip(((s * time) + start) * size).Take(count * size))];
    }

    /// <summary>Tokens are small whole numbers; some steps are all zeros, which masks leave out.</summary>
    private static double[] Numbers(Value value, Random random, Dictionary<string, long> sizes)
    {
        int count = value.Shape.Evaluate(sizes).Aggregate(1, (a, b) => a * b);
        bool isToken = value.Kind == ValueKind.Input && value.Type.Element == ElementType.Int32;
        double[] numbers = [.. Enumerable.Range(0, count).Select(_ => isToken ? random.Next(3) : random.NextDouble() + 0.1)];
        if (value is { Kind: ValueKind.Input, Shape.Rank: 3 })
            numbers.AsSpan(value.Shape.Evaluate(sizes)[2], value.Shape.Evaluate(sizes)[2]).Clear();
        return numbers;
    }
}
