namespace NetGen.Generator.Tests;

/// <summary>Attention as emitted, over times around the sizes of vectors, panels and blocks of rows, against the interpreter, in inference and in training.</summary>
public sealed class AttentionTests
{
    private static readonly string[] Tapes =
    [
        "[Input(Dim.Any, 6), MultiHeadAttention(1, 5, UseCausalMask = true), Dense(3)]",
        "[Input(Dim.Any, 4, Name = \"x\"), LayerNormalization, MultiHeadAttention(2, 8, ValueDim = 6, UseCausalMask = true, Dropout = 0.2, Name = \"a\"), Add(\"x\", \"a\"), Dense(3)]",
        "[Input(Dim.Any, 4, Name = \"v\"), Dense(5, Name = \"k\"), Input(3, 4, Name = \"q\"), MultiHeadAttention(3, 2, \"q\", \"v\", \"k\", UseBias = false), Dense(2)]",
        "[Input(35, 4), MultiHeadAttention(2, 16, UseCausalMask = true, OutputShape = 7), SinePositionEncoding(Name = \"p\"), Add(\"multi_head_attention\", \"p\"), Dense(2)]",
        "[Input(Dim.Any, 4), GroupQueryAttention(17, 4, 2, UseCausalMask = true), Dense(2)]",
        "[Input(Dim.Any, 5), Attention(UseCausalMask = true), AdditiveAttention(UseCausalMask = true), Dense(2)]",
        "[Input(3, 4, 5), MultiHeadAttention(2, 3, AttentionAxes = 1), MultiHeadAttention(1, 2, AttentionAxes = 2, UseCausalMask = true), MultiHeadAttention(2, 2), Dense(2)]",
        "[Input(Dim.Any, 4, Name = \"a\"), Dense(3, Name = \"u\"), Input(5, 3, Name = \"b\"), Dot(\"u\", \"b\", Axes = 2, Normalize = true), Dense(2)]",
        "[Input(Dim.Any, 4, Name = \"x\"), PositionEmbedding(80, Name = \"p\"), SinePositionEncoding(Name = \"s\"), Add(\"x\", \"p\", \"s\"), Dense(2)]",
    ];

    private static readonly Lazy<EmittedBatch> Batch = new(() => EmittedBatch.Of(Tapes));

    public static TheoryData<int> Indices => [.. Enumerable.Range(0, Tapes.Length)];

    [Theory]
    [MemberData(nameof(Indices))]
    public void Agrees_with_the_interpreter(int index)
    {
        EmittedNet net = Batch.Value.Nets[index];
        foreach ((int samples, int time) in new[] { (3, 1), (2, 7), (1, 16), (2, 33), (1, 70) })
        {
            NetData data = new(samples, time);
            NetCheck.Inference(net, data, NetCheck.Net);
            NetCheck.Training(net, data, NetCheck.Net);
            NetCheck.Parts(net, data);
        }
    }

    [Fact]
    public void Heads_need_no_transposed_copies()
    {
        TapeResult result = TapeText.Build("[Input(Dim.Any, 6), MultiHeadAttention(2, 5)]", training: true);
        Assert.DoesNotContain(result.Graph.Nodes, n => n.Op is Transpose);
    }

    [Fact]
    public void More_steps_than_positions_are_told()
    {
        EmittedNet net = Batch.Value.Nets[^1];
        ArgumentException e = Assert.Throws<ArgumentException>(() => NetRun.Infer(net, new NetData(1, 81)));
        Assert.Contains("81 steps", e.Message, StringComparison.Ordinal);
        Assert.Contains("80 positions", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[Input(5, 3, Name = \"q\"), Input(4, 2, Name = \"v\"), Attention(\"q\", \"v\")]", "Inputs[1]", "(n, 5, 3)", "(n, 4, 2)")]
    [InlineData("[Input(5, 3, Name = \"q\"), Input(4, 3, Name = \"v\"), Input(3, 3, Name = \"k\"), Attention(\"q\", \"v\", \"k\")]", "Inputs[2]", "(n, 4, 3)", "(n, 3, 3)")]
    [InlineData("[Input(5, 3, Name = \"q\"), Input(4, Name = \"v\"), MultiHeadAttention(2, 2, \"v\", From = \"q\")]", "Inputs[0]", "(n, 5, 3)", "(n, 4)")]
    [InlineData("[Input(5, 3, 4), MultiHeadAttention(2, 2, AttentionAxes = 3)]", "AttentionAxes", "(n, 5, 3, 4)", "features")]
    [InlineData("[Input(5, 3, 4), MultiHeadAttention(2, 2, UseCausalMask = true)]", "UseCausalMask", "one axis", "2")]
    [InlineData("[Input(5, 3), GroupQueryAttention(2, 4, 3)]", "NumKeyValueHeads", "3", "4")]
    [InlineData("[Input(5, 3, Name = \"x\"), Dense(4, Name = \"m\"), MultiHeadAttention(2, 2, \"x\", AttentionMask = \"m\")]", "AttentionMask", "(n, 5, 5)", "(n, 5, 4)")]
    [InlineData("[Input(5, 3, Name = \"a\"), Input(4, 2, Name = \"b\"), Dot(\"a\", \"b\", Axes = 2)]", "Inputs[1]", "(n, 5, 3)", "(n, 4, 2)")]
    [InlineData("[Input(5, Name = \"a\"), Input(5, Name = \"b\"), Dot(\"a\", \"b\", Axes = 2)]", "Axes", "(n, 5)", "2")]
    [InlineData("[Input(5, 3), PositionEmbedding(4)]", "SequenceLength", "4", "(n, 5, 3)")]
    public void What_does_not_fit_is_told_on_its_argument(string tape, string argument, params string[] parts)
    {
        Problem problem = TapeText.Build(tape).Problems.First();
        Assert.Equal(argument, problem.Argument);
        Assert.All(parts, p => Assert.Contains(p, problem.Message, StringComparison.Ordinal));
    }
}
