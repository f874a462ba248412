namespace NetGen;

/// <summary>The curve whose area <see cref="Metric.AUC"/> takes.</summary>
public enum AucCurve
{
    /// <summary>Receiver operating characteristic: recall over the rate of false positives.</summary>
    ROC,

    /// <summary>Precision over recall.</summary>
    PR,

    /// <summary>Precision gain over recall gain (Flach and Kull 2015).</summary>
    PRGain,
}
