namespace NetGen.Benchmarks;

/// <summary>A causal transformer block on 128 steps of 256: attention in 4 heads and two dense layers, each behind a normalization and around a shortcut.</summary>
internal static class AttentionTwin
{
    public static Layer Build()
    {
        Layer x = new InputLayer(128, 256);
        Layer attended = new AddLayer("add", x, new CausalAttentionLayer("multi_head_attention", new LayerNormalizationLayer("layer_normalization", x), 4, 64), Nonlinearity.Linear);
        Layer hidden = new DenseLayer("dense", new LayerNormalizationLayer("layer_normalization_1", attended), 1024, Nonlinearity.GELU);
        return new AddLayer("add_1", attended, new DenseLayer("dense_1", hidden, 256, Nonlinearity.Linear), Nonlinearity.Linear);
    }
}
