namespace NetGen.Generator.Tests;

/// <summary>Every tape with operations beside Keras's layers, in inference and training, against the interpreter.</summary>
public sealed class OpsNetworkTests
{
    private static readonly string[] Tapes = [.. LayerSamples.All.Where(t => t.Contains("Ops.", StringComparison.Ordinal))];

    private static readonly Lazy<EmittedBatch> Batch = new(() => EmittedBatch.Of(Tapes));

    public static TheoryData<int> Indices => [.. Enumerable.Range(0, Tapes.Length)];

    [Theory]
    [MemberData(nameof(Indices))]
    public void Inference_agrees_with_the_interpreter(int index)
    {
        foreach (int batch in new[] { 1, 2, 7, 33 })
        {
            NetCheck.Inference(Batch.Value.Nets[index], Data(batch), NetCheck.Net);
        }
    }

    [Theory]
    [MemberData(nameof(Indices))]
    public void Training_agrees_with_the_interpreter(int index)
    {
        foreach (int batch in new[] { 1, 7, 33 })
        {
            NetCheck.Training(Batch.Value.Nets[index], Data(batch), NetCheck.Net);
        }
    }

    [Theory]
    [MemberData(nameof(Indices))]
    public void Threads_do_not_change_a_bit(int index)
    {
        foreach (int batch in new[] { 1, 40 })
        {
            NetCheck.Parts(Batch.Value.Nets[index], Data(batch));
        }
    }

    [Fact]
    public void The_compiler_says_nothing() => Assert.Empty(Batch.Value.Diagnostics);

    [Fact]
    public void A_constant_of_one_number_stands_in_the_expression()
    {
        EmittedBatch batch = new();
        EmittedNet net = batch.Add("[Input(5, Name = \"x\"), Ops.Constant(2.5, Name = \"c\"), Ops.Constant(1.5, Shape = new[] { 1, 1 }, Name = \"d\"), Multiply(\"x\", \"c\"), Add(\"multiply\", \"d\"), Ops.Clip(Min = 0)]");
        Assert.Contains("Max(Add(Mul(x0, 2.5), 1.5), 0)", PassList.Run(net.InferenceGraph).ToString(), StringComparison.Ordinal);
    }

    /// <summary>A column is no place in the rows of a wider map, and equal parts of the columns are.</summary>
    [Fact]
    public void Columns_beside_wider_ones_are_repeated()
    {
        (int Columns, int First, int Size)[] slices = [(2, 0, 1), (2, 1, 1), (3, 1, 1), (4, 2, 2), (17, 16, 1), (32, 16, 16)];
        EmittedBatch batch = EmittedBatch.Of(slices.Select(s =>
            $"[Input(3), Dense({s.Columns}, Name = \"all\"), Tanh, Ops.Slice(Starts = new[] {{ {s.First} }}, Ends = new[] {{ {s.First + s.Size} }}, Name = \"part\"), "
            + (s.Size == 1 ? "Average(\"part\", \"all\", Name = \"a\"), " : "Dense(2, From = \"all\", Name = \"a\"), ")
            + $"Dense({s.Size}, From = \"all\", Name = \"b\"), Multiply(\"part\", \"b\", Name = \"c\"), Concatenate(\"a\", \"c\")]"));
        foreach (EmittedNet net in batch.Nets)
        {
            foreach (int samples in new[] { 1, 7 })
            {
                NetCheck.Inference(net, new NetData(samples), NetCheck.Net);
                NetCheck.Training(net, new NetData(samples), NetCheck.Net);
            }
        }
    }

    [Fact]
    public void Casts_wrap_around_and_truncate()
    {
        (string Type, double[] Expected)[] rows =
        [
            ("Int8", [127, -128, -1, 0, 44, 0, 1, -2]), ("UInt8", [127, 128, 255, 0, 44, 0, 1, 254]),
            ("Int16", [127, 128, -1, -32768, 300, 0, 1, -2]), ("UInt16", [127, 128, 65535, 32768, 300, 0, 1, 65534]),
            ("Int32", [127, 128, -1, 32768, 300, 0, 1, -2]), ("Int64", [127, 128, -1, 32768, 300, 0, 1, -2]),
            ("Bool", [1, 1, 1, 1, 1, 1, 1, 1]), ("Double", [127.9, 128, -1, 32768, 300, 0.5, 1, -2.75]),
        ];
        foreach ((string type, double[] expected) in rows)
        {
            double[] x = [127.9, 128, -1, 32768, 300, 0.5, 1, -2.75];
            Graph graph = TapeText.Graph($"[Input(8), Ops.Cast(OnnxType.{type})]");
            Interpreter interpreter = new(new Dictionary<string, long> { ["n"] = 1 });
            interpreter.Set(graph.Inputs[0], x);
            interpreter.Run(graph);
            Assert.Equal(expected, interpreter.Get(graph.Outputs[0].Value).Data);
        }
    }

    /// <summary>Numbers between -1 and 1, in which whole numbers and their middles are rare: rounding does not stand at a step.</summary>
    private static NetData Data(int batch) => new(batch, 4) { Make = (value, i) => value.Type.Element == ElementType.Int32 ? (i % 3) - 1 : null };
}
