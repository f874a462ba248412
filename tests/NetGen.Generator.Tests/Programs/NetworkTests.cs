namespace NetGen.Generator.Tests;

/// <summary>Whole networks, in inference and training, against the interpreter: outputs, every gradient, every new state.</summary>
public sealed class NetworkTests
{
    private static readonly string[] Tapes =
    [
        "[Input(7), Dense(5)]",
        "[Input(13), Dense(33, Activation = Activation.ReLU), Dense(17, Activation = Activation.Tanh), Dense(10, Activation = Activation.Softmax)]",
        "[Input(5), Dense(48, Activation = Activation.Sigmoid), Dense(1, Activation = Activation.Sigmoid)]",
        "[Input(20), Dense(16, UseBias = false, Name = \"a\"), BatchNormalization, ReLU, Dense(9), LayerNormalization, ELU, Dense(3, Activation = Activation.Softmax)]",
        "[Input(12, Name = \"x\"), Dense(12, Activation = Activation.ReLU, Name = \"a\"), Dense(12, Name = \"b\"), Add(\"a\", \"b\"), ReLU, Dense(4)]",
        "[Input(31), Dropout(0.25), Dense(40, Activation = Activation.ReLU), Dropout(0.5), Dense(6, Activation = Activation.Softmax)]",
        "[Input(8), Dense(8, Activation = Activation.Tanh, Name = \"d\"), Reuse(\"d\"), Reuse(\"d\"), Dense(2)]",
        "[Input(3, 5), Dense(6, Activation = Activation.ReLU), Flatten, Dense(4)]",
        "[Input(24), Reshape(4, 6), Dense(5, Activation = Activation.GELU), Softmax, Flatten, Dense(2, Activation = Activation.Softmax)]",
        "[Input(10), Dense(6, Trainable = false, Name = \"f\"), Dense(3)]",
    ];

    private static readonly Lazy<EmittedBatch> Batch = new(() => EmittedBatch.Of(Tapes));

    public static TheoryData<int> Indices => [.. Enumerable.Range(0, Tapes.Length)];

    [Theory]
    [MemberData(nameof(Indices))]
    public void Inference_agrees_with_the_interpreter(int index)
    {
        foreach (int batch in new[] { 1, 2, 7, 16, 33 })
        {
            NetCheck.Inference(Batch.Value.Nets[index], new NetData(batch), NetCheck.Net);
        }
    }

    [Theory]
    [MemberData(nameof(Indices))]
    public void Training_agrees_with_the_interpreter(int index)
    {
        EmittedNet net = Batch.Value.Nets[index];
        foreach (int batch in new[] { 1, 2, 7, 16, 33 })
        {
            NetCheck.Training(net, new NetData(batch), NetCheck.Net);
            if (net.TrainingGraph!.LogitGradients.Count > 0)
            {
                NetCheck.Training(net, new NetData(batch), NetCheck.Net, isFused: true);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Indices))]
    public void Threads_do_not_change_a_bit(int index)
    {
        foreach (int batch in new[] { 1, 5, 40 })
        {
            NetCheck.Parts(Batch.Value.Nets[index], new NetData(batch));
        }
    }

    [Fact]
    public void The_compiler_says_nothing() => Assert.Empty(Batch.Value.Diagnostics);
}
