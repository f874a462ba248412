namespace NetGen.Samples;

/// <summary>Five of the ten digits, labelled from 0.</summary>
internal static class DigitTask
{
    /// <summary>How many digits there are to tell apart.</summary>
    public const int Classes = 5;

    /// <summary>Takes five digits out of a data set.</summary>
    /// <param name="digits">Images with labels from 0 to 9.</param>
    /// <param name="first">The lowest of the five.</param>
    /// <param name="perClass">How many of each; null for all.</param>
    /// <param name="skip">How many of each are passed over before.</param>
    /// <exception cref="InvalidDataException">There are not as many.</exception>
    public static Dataset Of(Dataset digits, int first, int? perClass = null, int skip = 0)
    {
        int size = digits.Inputs[0].Size;
        List<float> images = [];
        List<int> labels = [];
        int[] counts = new int[Classes];
        float[] image = new float[size], label = new float[1];
        for (int i = 0; i < digits.Count; i++)
        {
            digits.ReadTarget(i, label);
            int own = (int)label[0] - first;
            if (own is < 0 or >= Classes || counts[own] == skip + perClass || counts[own]++ < skip) continue;
            digits.ReadInput(i, image);
            images.AddRange(image);
            labels.Add(own);
        }

        int wanted = skip + (perClass ?? 1), lacking = Array.FindIndex(counts, count => count < wanted);
        if (lacking >= 0) throw new InvalidDataException($"Of the digit {first + lacking} there are {counts[lacking]} images; {wanted} are needed.");
        return Dataset.FromArrays([.. images], digits.Inputs[0].Shape.ToArray(), [.. labels]);
    }
}
