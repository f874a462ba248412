namespace NetGen.Tests.Training;

/// <summary>Small data sets that are functions of their seeds.</summary>
internal static class ToyData
{
    /// <summary>Clouds of points around one corner per class.</summary>
    public static Dataset Blobs(int samples, int inputs, int classes, int seed = 7)
    {
        Random random = new(seed);
        float[] x = new float[samples * inputs];
        int[] labels = new int[samples];
        for (int i = 0; i < samples; i++)
        {
            labels[i] = i % classes;
            for (int k = 0; k < inputs; k++)
            {
                float center = (labels[i] >> (k % 3) & 1) == 1 || k % classes == labels[i] ? 1.5f : -1f;
                x[(i * inputs) + k] = center + (float)((random.NextDouble() - 0.5) * 1.5);
            }
        }

        return Dataset.FromArrays(x, [inputs], labels);
    }

    /// <summary>Targets that are a linear function of the inputs, with noise.</summary>
    public static Dataset Linear(int samples, int seed = 7)
    {
        Random random = new(seed);
        float[] x = new float[samples * 3];
        float[] y = new float[samples];
        for (int i = 0; i < samples; i++)
        {
            for (int k = 0; k < 3; k++) x[(3 * i) + k] = (float)((random.NextDouble() * 2) - 1);
            y[i] = (2 * x[3 * i]) - x[(3 * i) + 1] + (0.5f * x[(3 * i) + 2]) + 0.25f + (float)(0.01 * random.NextDouble());
        }

        return Dataset.FromArrays(x, [3], y);
    }
}
