namespace NetGen;

/// <summary>The weighted counts of a binary classifier at one threshold; a prediction above it is positive.</summary>
internal readonly record struct ConfusionCounts(double TruePositives, double FalsePositives, double TrueNegatives, double FalseNegatives)
{
    /// <summary><c>TP / (TP + FP)</c>.</summary>
    public double Precision => Ratio(TruePositives, TruePositives + FalsePositives);

    /// <summary><c>TP / (TP + FN)</c>, also called sensitivity.</summary>
    public double Recall => Ratio(TruePositives, TruePositives + FalseNegatives);

    /// <summary><c>TN / (TN + FP)</c>.</summary>
    public double Specificity => Ratio(TrueNegatives, TrueNegatives + FalsePositives);

    /// <summary><c>a / b</c>, 0 where b is 0.</summary>
    public static double Ratio(double a, double b) => b == 0 ? 0 : a / b;
}
