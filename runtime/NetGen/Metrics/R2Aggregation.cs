namespace NetGen;

/// <summary>How <see cref="Metric.R2Score"/> joins the scores of several outputs.</summary>
public enum R2Aggregation
{
    /// <summary>Not at all: the result has one value per output.</summary>
    None,

    /// <summary>Their mean.</summary>
    UniformAverage,

    /// <summary>Their mean, weighted by the variance of each output's targets.</summary>
    VarianceWeightedAverage,
}
