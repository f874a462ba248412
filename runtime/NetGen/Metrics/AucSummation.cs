namespace NetGen;

/// <summary>How <see cref="Metric.AUC"/> sums the intervals between thresholds.</summary>
public enum AucSummation
{
    /// <summary>The mean of both ends; for <see cref="AucCurve.PR"/>, true and false positives vary linearly (Davis and Goadrich 2006).</summary>
    Interpolation,

    /// <summary>The smaller of both ends: a lower bound.</summary>
    Minoring,

    /// <summary>The larger of both ends: an upper bound.</summary>
    Majoring,
}
