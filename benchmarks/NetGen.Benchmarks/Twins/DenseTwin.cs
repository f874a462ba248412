namespace NetGen.Benchmarks;

/// <summary>Dense layers under Keras's automatic names: dense, dense_1, dense_2.</summary>
internal static class DenseTwin
{
    /// <summary>The first of the sizes is the input's.</summary>
    public static Layer Build(int[] sizes, Nonlinearity hidden, Nonlinearity end)
    {
        Layer x = new InputLayer(sizes[0]);
        for (int i = 1; i < sizes.Length; i++)
            x = new DenseLayer(i == 1 ? "dense" : $"dense_{i - 1}", x, sizes[i], i < sizes.Length - 1 ? hidden : end);
        return x;
    }
}
