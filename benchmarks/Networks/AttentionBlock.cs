namespace NetGen.Benchmarks;

/// <summary>A causal transformer block on 128 steps of 256, with 4 heads.</summary>
[Network, Input(128, 256)]
[LayerNormalization, MultiHeadAttention(4, 64, UseCausalMask = true), Add("input", "multi_head_attention")]
[LayerNormalization, Dense(1024, Activation = Activation.GELU), Dense(256), Add("add", "dense_1")]
public sealed partial class AttentionBlock;
