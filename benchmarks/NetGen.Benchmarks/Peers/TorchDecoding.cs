using TorchSharp;
using static TorchSharp.torch;

namespace NetGen.Benchmarks;

/// <summary>Greedy decoding by TorchSharp: the encoder over all of the source, then the decoder step by step on its last states and its own tokens.</summary>
internal sealed class TorchDecoding : IContestant
{
    private readonly TorchLayer sourceEmbedding, targetEmbedding, dense;
    private readonly TorchCell encoder, decoder;
    private readonly Tensor source, start;
    private readonly IDisposable mode;
    private readonly float[] written;

    private TorchDecoding(Setup setup, TorchOptions options)
    {
        if (setup.Batch != 1) throw new UsageException($"{setup.Workload.Name} is for batch 1");
        TorchNetwork.SetUp(options.Threads);
        var layer = (EncoderDecoderLayer)setup.Workload.Output.Inputs[0];
        sourceEmbedding = layer.Inputs[0].ToTorch(setup.Weights, options);
        targetEmbedding = layer.Inputs[1].ToTorch(setup.Weights, options);
        dense = setup.Workload.Output.ToTorch(setup.Weights, options);
        encoder = layer.Encoder.ToTorch(setup.Weights);
        decoder = layer.Decoder.ToTorch(setup.Weights);
        source = tensor(Array.ConvertAll(setup.Inputs[0], token => (long)token), [setup.Inputs[0].Length, 1]);
        start = tensor([(long)Setup.StartToken], [1, 1]);
        written = new float[setup.OutputCount];
        mode = inference_mode();
    }

    public ReadOnlySpan<float> Output => written;

    public static IReadOnlyList<Variant> Variants(Setup setup) => TorchOptions.Variants(setup, options => new TorchDecoding(setup, options));

    public void Step()
    {
        using var scope = NewDisposeScope();
        var (_, h, c) = encoder.Run(sourceEmbedding.Forward([source]));
        var token = start;
        for (int i = 0; i < written.Length; i++)
        {
            (var y, h, c) = decoder.Run(targetEmbedding.Forward([token]), h, c);
            token = dense.Forward([y]).argmax(-1);
            // Read at each step, as whoever looks for the end does.
            written[i] = token.item<long>();
        }
    }

    public void Dispose()
    {
        mode.Dispose();
        source.Dispose();
        start.Dispose();
        foreach (var layer in new[] { sourceEmbedding, targetEmbedding, dense }) layer.Dispose();
        encoder.Dispose();
        decoder.Dispose();
    }
}
