using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace NetGen.Benchmarks;

/// <summary>A row of a table for each token.</summary>
internal sealed class TorchEmbedding : TorchLayer
{
    private readonly Embedding embedding;

    public TorchEmbedding(Weight table)
    {
        using var values = tensor(table.Values, [.. table.Shape.Select(d => (long)d)]);
        embedding = Embedding_from_pretrained(values, freeze: false);
    }

    public override IEnumerable<Parameter> Parameters => embedding.parameters();

    public override Tensor Forward(ReadOnlySpan<Tensor> x) => embedding.call(x[0]);

    public override void Dispose() => embedding.Dispose();
}
