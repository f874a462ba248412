namespace NetGen.Benchmarks;

/// <summary>From Keras's layout, channels last, to that of the peers.</summary>
internal static class ChannelsFirst
{
    /// <summary>Rows (pixels, channels), any number after each other, as (channels, pixels).</summary>
    public static float[] Of(float[] values, int pixels, int channels)
    {
        var result = new float[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            int channel = i % channels, pixel = i / channels % pixels, sample = i / channels / pixels;
            result[(((sample * channels) + channel) * pixels) + pixel] = values[i];
        }
        return result;
    }

    /// <summary>A filter (kh, kw, c, m) as (m, c, kh, kw).</summary>
    public static Weight OfFilter(Weight filter)
    {
        int taps = filter.Shape[0] * filter.Shape[1], channels = filter.Shape[2], filters = filter.Shape[3];
        var values = new float[filter.Values.Length];
        for (int t = 0; t < taps; t++)
            for (int c = 0; c < channels; c++)
                for (int m = 0; m < filters; m++)
                    values[(((m * channels) + c) * taps) + t] = filter.Values[(((t * channels) + c) * filters) + m];
        return new Weight(filter.Name, [filters, channels, filter.Shape[0], filter.Shape[1]], values);
    }

    /// <summary>A dense kernel (pixels * channels, units) whose rows stand in the order in which channels-first maps are flattened.</summary>
    public static Weight OfFlattened(Weight kernel, int pixels, int channels)
    {
        int units = kernel.Shape[1];
        var values = new float[kernel.Values.Length];
        for (int p = 0; p < pixels; p++)
            for (int c = 0; c < channels; c++)
                Array.Copy(kernel.Values, ((p * channels) + c) * units, values, ((c * pixels) + p) * units, units);
        return new Weight(kernel.Name, kernel.Shape, values);
    }
}
