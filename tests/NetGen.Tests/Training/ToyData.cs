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

    /// <summary>The same with a target of 1 for the class and 0 for the others.</summary>
    public static Dataset OneHotBlobs(int samples, int inputs, int classes)
    {
        Random random = new(7);
        float[] y = new float[samples * classes];
        for (int i = 0; i < samples; i++) y[(i * classes) + (i % classes)] = 1;
        return Dataset.FromArrays([.. Enumerable.Range(0, samples * inputs).Select(i => (i / inputs % classes) + random.NextSingle())], [inputs], y, [classes]);
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
