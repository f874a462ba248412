namespace NetGen;

public abstract partial class Metric
{
    /// <summary>How often predictions are right, as Keras understands the name "accuracy": <see cref="BinaryAccuracy"/> for outputs of size 1;
    /// else <see cref="SparseCategoricalAccuracy"/> for targets that are class indices, and <see cref="CategoricalAccuracy"/> for one-hot ones.</summary>
    /// <param name="name">The name in reports.</param>
    public static Metric Accuracy(string name = "accuracy") => new AccuracyMetric(name);

    /// <summary>How often an element equals its target (Keras's class <c>keras.metrics.Accuracy</c>).</summary>
    /// <param name="name">The name in reports.</param>
    public static Metric ExactAccuracy(string name = "accuracy") => new ExactAccuracyMetric(name);

    /// <summary>How often <c>prediction &gt; threshold</c> equals the target, 0 or 1.</summary>
    /// <param name="threshold">Within (0, 1).</param>
    /// <param name="name">The name in reports.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not within (0, 1).</exception>
    public static Metric BinaryAccuracy(double threshold = 0.5, string name = "binary_accuracy") => new BinaryAccuracyMetric(threshold, name);

    /// <summary>How often the largest prediction of a row stands where its largest target (one-hot) does; of equal ones the first counts.</summary>
    /// <param name="name">The name in reports.</param>
    public static Metric CategoricalAccuracy(string name = "categorical_accuracy") => new CategoricalAccuracyMetric(name);

    /// <summary>How often the largest prediction of a row stands at its target, a class index.</summary>
    /// <param name="name">The name in reports.</param>
    public static Metric SparseCategoricalAccuracy(string name = "sparse_categorical_accuracy") => new SparseCategoricalAccuracyMetric(name);

    /// <summary>How often the target is among the k largest predictions: <see cref="SparseTopKCategoricalAccuracy"/> or
    /// <see cref="TopKCategoricalAccuracy"/>, chosen as <see cref="Accuracy"/> chooses.</summary>
    /// <param name="k">How many of the largest predictions count.</param>
    /// <param name="name">The name in reports.</param>
    /// <exception cref="ArgumentOutOfRangeException">k is below 1.</exception>
    public static Metric TopK(int k = 5, string name = "top_k_categorical_accuracy") => new TopKMetric(k, name);

    /// <summary>How often the class of the largest target (one-hot) is among the k largest predictions; ties count as among them.</summary>
    /// <param name="k">How many of the largest predictions count.</param>
    /// <param name="name">The name in reports.</param>
    /// <exception cref="ArgumentOutOfRangeException">k is below 1.</exception>
    public static Metric TopKCategoricalAccuracy(int k = 5, string name = "top_k_categorical_accuracy") => new TopKCategoricalAccuracyMetric(k, name);

    /// <summary>How often the target, a class index, is among the k largest predictions; ties count as among them.</summary>
    /// <param name="k">How many of the largest predictions count.</param>
    /// <param name="fromSortedIds">Whether predictions are class indices, best first, rather than scores.</param>
    /// <param name="name">The name in reports.</param>
    /// <exception cref="ArgumentOutOfRangeException">k is below 1.</exception>
    public static Metric SparseTopKCategoricalAccuracy(
        int k = 5, bool fromSortedIds = false, string name = "sparse_top_k_categorical_accuracy") =>
        new SparseTopKCategoricalAccuracyMetric(k, fromSortedIds, name);

    /// <summary>True positives over predicted positives; a prediction above the threshold is positive, and so is a target other than 0.</summary>
    /// <param name="thresholds">In [0, 1]; one result for each. Without them 0.5, or with <paramref name="topK"/> none.</param>
    /// <param name="topK">Only the k largest predictions of a row can be positive.</param>
    /// <param name="classId">Only this class counts.</param>
    /// <param name="name">The name in reports.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static Metric Precision(IReadOnlyList<double>? thresholds = null, int? topK = null, int? classId = null, string name = "precision") =>
        new PrecisionMetric(thresholds, topK, classId, name);

    /// <summary>True positives over positive targets; a prediction above the threshold is positive, and so is a target other than 0.</summary>
    /// <param name="thresholds">In [0, 1]; one result for each. Without them 0.5, or with <paramref name="topK"/> none.</param>
    /// <param name="topK">Only the k largest predictions of a row can be positive.</param>
    /// <param name="classId">Only this class counts.</param>
    /// <param name="name">The name in reports.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static Metric Recall(IReadOnlyList<double>? thresholds = null, int? topK = null, int? classId = null, string name = "recall") =>
        new RecallMetric(thresholds, topK, classId, name);

    /// <summary>The area under a curve, as a sum over thresholds.</summary>
    /// <param name="numThresholds">How many thresholds, evenly from 0 to 1; at least 2.</param>
    /// <param name="curve">Which curve.</param>
    /// <param name="summationMethod">How the intervals between thresholds are summed.</param>
    /// <param name="thresholds">Thresholds in [0, 1] in place of the even ones; the ends are added.</param>
    /// <param name="multiLabel">Whether each label has its own curve and the result is their mean; else all elements share one.</param>
    /// <param name="numLabels">The number of labels with <paramref name="multiLabel"/>, where it is to be checked.</param>
    /// <param name="labelWeights">A weight per label: of its area with <paramref name="multiLabel"/>, else of its elements.</param>
    /// <param name="fromLogits">Whether predictions are logits.</param>
    /// <param name="name">The name in reports.</param>
    /// <exception cref="ArgumentException">An argument is out of its range, or <paramref name="numLabels"/> is given without
    /// <paramref name="multiLabel"/>.</exception>
    public static Metric AUC(
        int numThresholds = 200,
        AucCurve curve = AucCurve.ROC,
        AucSummation summationMethod = AucSummation.Interpolation,
        IReadOnlyList<double>? thresholds = null,
        bool multiLabel = false,
        int? numLabels = null,
        IReadOnlyList<double>? labelWeights = null,
        bool fromLogits = false,
        string name = "auc") =>
        new AucMetric(numThresholds, curve, summationMethod, thresholds, multiLabel, numLabels, labelWeights, fromLogits, name);

    /// <summary>The mean of <c>(prediction - target)^2</c>.</summary>
    /// <param name="name">The name in reports.</param>
    public static Metric MeanSquaredError(string name = "mean_squared_error") => FromLoss(Loss.MeanSquaredError(), name);

    /// <summary>The mean of <c>|prediction - target|</c>.</summary>
    /// <param name="name">The name in reports.</param>
    public static Metric MeanAbsoluteError(string name = "mean_absolute_error") => FromLoss(Loss.MeanAbsoluteError(), name);

    /// <summary>The root of the mean of <c>(prediction - target)^2</c>.</summary>
    /// <param name="name">The name in reports.</param>
    public static Metric RootMeanSquaredError(string name = "root_mean_squared_error") => new RootMeanSquaredErrorMetric(name);

    /// <summary>The coefficient of determination: <c>1 - sum((t - p)^2) / sum((t - mean(t))^2)</c>; the best is 1, and 0 is as good as the
    /// mean.</summary>
    /// <param name="classAggregation">How the scores of several outputs are joined.</param>
    /// <param name="numRegressors">The number of regressors p for the adjusted score <c>1 - (1 - R2)(n - 1) / (n - p - 1)</c> of n samples;
    /// 0 for the plain one.</param>
    /// <param name="name">The name in reports.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="numRegressors"/> is negative.</exception>
    public static Metric R2Score(
        R2Aggregation classAggregation = R2Aggregation.UniformAverage, int numRegressors = 0, string name = "r2_score") =>
        new R2ScoreMetric(classAggregation, numRegressors, name);

    /// <summary>The mean of <see cref="Loss.BinaryCrossentropy"/> over rows.</summary>
    /// <param name="fromLogits">Whether predictions are logits.</param>
    /// <param name="labelSmoothing">The smoothing of the targets, in [0, 1].</param>
    /// <param name="name">The name in reports.</param>
    public static Metric BinaryCrossentropy(bool fromLogits = false, double labelSmoothing = 0, string name = "binary_crossentropy") =>
        FromLoss(Loss.BinaryCrossentropy(fromLogits, labelSmoothing), name);

    /// <summary>The mean of <see cref="Loss.CategoricalCrossentropy"/> over rows.</summary>
    /// <param name="fromLogits">Whether predictions are logits.</param>
    /// <param name="labelSmoothing">The smoothing of the targets, in [0, 1].</param>
    /// <param name="axis">The axis of the classes, counted with the batch axis; negative from the end.</param>
    /// <param name="name">The name in reports.</param>
    public static Metric CategoricalCrossentropy(
        bool fromLogits = false, double labelSmoothing = 0, int axis = -1, string name = "categorical_crossentropy") =>
        FromLoss(Loss.CategoricalCrossentropy(fromLogits, labelSmoothing, axis), name);

    /// <summary>The mean of <see cref="Loss.SparseCategoricalCrossentropy"/> over rows. As in Keras, rows of the ignored class count as
    /// rows of loss 0 unless weights or a mask are given.</summary>
    /// <param name="fromLogits">Whether predictions are logits.</param>
    /// <param name="ignoreClass">The class whose rows are left out.</param>
    /// <param name="axis">The axis of the classes, counted with the batch axis; negative from the end. Targets have the other axes of the predictions.</param>
    /// <param name="name">The name in reports.</param>
    /// <exception cref="ArgumentOutOfRangeException">The axis is 0.</exception>
    public static Metric SparseCategoricalCrossentropy(
        bool fromLogits = false, int? ignoreClass = null, int axis = -1, string name = "sparse_categorical_crossentropy") =>
        FromLoss(Loss.SparseCategoricalCrossentropy(fromLogits, ignoreClass, axis: axis), name);

    /// <summary>The mean of <see cref="Loss.KLDivergence"/> over rows.</summary>
    /// <param name="name">The name in reports.</param>
    public static Metric KLDivergence(string name = "kl_divergence") => FromLoss(Loss.KLDivergence(), name);

    /// <summary>The mean of <see cref="Loss.MeanAbsolutePercentageError"/> over rows.</summary>
    /// <param name="name">The name in reports.</param>
    public static Metric MeanAbsolutePercentageError(string name = "mean_absolute_percentage_error") => FromLoss(Loss.MeanAbsolutePercentageError(), name);

    /// <summary>The mean of <see cref="Loss.MeanSquaredLogarithmicError"/> over rows.</summary>
    /// <param name="name">The name in reports.</param>
    public static Metric MeanSquaredLogarithmicError(string name = "mean_squared_logarithmic_error") => FromLoss(Loss.MeanSquaredLogarithmicError(), name);

    /// <summary>The mean of <see cref="Loss.LogCosh"/> over rows.</summary>
    /// <param name="name">The name in reports.</param>
    public static Metric LogCoshError(string name = "logcosh") => FromLoss(Loss.LogCosh(), name);

    /// <summary>The mean of <see cref="Loss.Poisson"/> over rows.</summary>
    /// <param name="name">The name in reports.</param>
    public static Metric Poisson(string name = "poisson") => FromLoss(Loss.Poisson(), name);

    /// <summary>The mean of <see cref="Loss.Hinge"/> over rows.</summary>
    /// <param name="name">The name in reports.</param>
    public static Metric Hinge(string name = "hinge") => FromLoss(Loss.Hinge(), name);

    /// <summary>The mean of <see cref="Loss.SquaredHinge"/> over rows.</summary>
    /// <param name="name">The name in reports.</param>
    public static Metric SquaredHinge(string name = "squared_hinge") => FromLoss(Loss.SquaredHinge(), name);

    /// <summary>The mean of <see cref="Loss.CategoricalHinge"/> over rows.</summary>
    /// <param name="name">The name in reports.</param>
    public static Metric CategoricalHinge(string name = "categorical_hinge") => FromLoss(Loss.CategoricalHinge(), name);

    /// <summary>The mean cosine of the angle between prediction and target: minus <see cref="Loss.CosineSimilarity"/>.</summary>
    /// <param name="name">The name in reports.</param>
    /// <param name="axis">The axis of the vectors, counted with the batch axis; negative from the end.</param>
    /// <exception cref="ArgumentOutOfRangeException">The axis is 0.</exception>
    public static Metric CosineSimilarity(string name = "cosine_similarity", int axis = -1) =>
        new LossMetric(Loss.CosineSimilarity(axis), name, MetricDirection.Maximize, sign: -1);

    /// <summary>The mean over rows of Pearson's correlation of predictions and targets: their covariance over the product of their standard deviations.
    /// Along the axis of the batch, 0, it is refused: it would depend on how the samples are parted into batches.</summary>
    /// <param name="name">The name in reports.</param>
    /// <param name="axis">The axis of the vectors, counted with the batch axis; negative from the end.</param>
    /// <exception cref="ArgumentOutOfRangeException">The axis is 0.</exception>
    public static Metric PearsonCorrelation(string name = "pearson_correlation", int axis = -1) =>
        new LossMetric(AxisLoss.Along(axis, new CorrelationLoss(isConcordance: false, name)), name, MetricDirection.Maximize);

    /// <summary>The mean over rows of the concordance correlation of predictions and targets (Lin 1989): twice their covariance over the sum of their variances and the
    /// squared difference of their means. Along the axis of the batch, 0, it is refused: it would depend on how the samples are parted into batches.</summary>
    /// <param name="name">The name in reports.</param>
    /// <param name="axis">The axis of the vectors, counted with the batch axis; negative from the end.</param>
    /// <exception cref="ArgumentOutOfRangeException">The axis is 0.</exception>
    public static Metric ConcordanceCorrelation(string name = "concordance_correlation", int axis = -1) =>
        new LossMetric(AxisLoss.Along(axis, new CorrelationLoss(isConcordance: true, name)), name, MetricDirection.Maximize);

    /// <summary>The weighted number of positive targets that are predicted as positive; a prediction above the threshold is positive, and so is a target other than 0.</summary>
    /// <param name="thresholds">In [0, 1]; one result for each. Without them 0.5.</param>
    /// <param name="name">The name in reports.</param>
    /// <exception cref="ArgumentException">A threshold is out of its range, or there is none.</exception>
    public static Metric TruePositives(IReadOnlyList<double>? thresholds = null, string name = "true_positives") =>
        new ConfusionCountMetric(counts => counts.TruePositives, thresholds, name, MetricDirection.Maximize);

    /// <summary>The weighted number of negative targets that are predicted as negative; a prediction above the threshold is positive, and so is a target other than 0.</summary>
    /// <param name="thresholds">In [0, 1]; one result for each. Without them 0.5.</param>
    /// <param name="name">The name in reports.</param>
    /// <exception cref="ArgumentException">A threshold is out of its range, or there is none.</exception>
    public static Metric TrueNegatives(IReadOnlyList<double>? thresholds = null, string name = "true_negatives") =>
        new ConfusionCountMetric(counts => counts.TrueNegatives, thresholds, name, MetricDirection.Maximize);

    /// <summary>The weighted number of negative targets that are predicted as positive; a prediction above the threshold is positive, and so is a target other than 0.</summary>
    /// <param name="thresholds">In [0, 1]; one result for each. Without them 0.5.</param>
    /// <param name="name">The name in reports.</param>
    /// <exception cref="ArgumentException">A threshold is out of its range, or there is none.</exception>
    public static Metric FalsePositives(IReadOnlyList<double>? thresholds = null, string name = "false_positives") =>
        new ConfusionCountMetric(counts => counts.FalsePositives, thresholds, name, MetricDirection.Minimize);

    /// <summary>The weighted number of positive targets that are predicted as negative; a prediction above the threshold is positive, and so is a target other than 0.</summary>
    /// <param name="thresholds">In [0, 1]; one result for each. Without them 0.5.</param>
    /// <param name="name">The name in reports.</param>
    /// <exception cref="ArgumentException">A threshold is out of its range, or there is none.</exception>
    public static Metric FalseNegatives(IReadOnlyList<double>? thresholds = null, string name = "false_negatives") =>
        new ConfusionCountMetric(counts => counts.FalseNegatives, thresholds, name, MetricDirection.Minimize);

    /// <summary>The best precision among the thresholds at which recall is at least a given one;
    /// 0 where there is none.</summary>
    /// <param name="recall">What is asked for, in [0, 1].</param>
    /// <param name="numThresholds">How many thresholds, evenly from 0 to 1; one is 0.5.</param>
    /// <param name="classId">Only this class counts.</param>
    /// <param name="name">The name in reports.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static Metric PrecisionAtRecall(double recall, int numThresholds = 200, int? classId = null, string name = "precision_at_recall") =>
        new ConstrainedMetric(counts => counts.Precision, counts => counts.Recall, recall, nameof(recall), numThresholds, classId, name);

    /// <summary>The best recall among the thresholds at which precision is at least a given one;
    /// 0 where there is none.</summary>
    /// <param name="precision">What is asked for, in [0, 1].</param>
    /// <param name="numThresholds">How many thresholds, evenly from 0 to 1; one is 0.5.</param>
    /// <param name="classId">Only this class counts.</param>
    /// <param name="name">The name in reports.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static Metric RecallAtPrecision(double precision, int numThresholds = 200, int? classId = null, string name = "recall_at_precision") =>
        new ConstrainedMetric(counts => counts.Recall, counts => counts.Precision, precision, nameof(precision), numThresholds, classId, name);

    /// <summary>The best sensitivity (recall) among the thresholds at which specificity, the part of negative targets predicted as negative, is at least a given one;
    /// 0 where there is none.</summary>
    /// <param name="specificity">What is asked for, in [0, 1].</param>
    /// <param name="numThresholds">How many thresholds, evenly from 0 to 1; one is 0.5.</param>
    /// <param name="classId">Only this class counts.</param>
    /// <param name="name">The name in reports.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static Metric SensitivityAtSpecificity(double specificity, int numThresholds = 200, int? classId = null, string name = "sensitivity_at_specificity") =>
        new ConstrainedMetric(counts => counts.Recall, counts => counts.Specificity, specificity, nameof(specificity), numThresholds, classId, name);

    /// <summary>The best specificity, the part of negative targets predicted as negative, among the thresholds at which sensitivity (recall) is at least a given one;
    /// 0 where there is none.</summary>
    /// <param name="sensitivity">What is asked for, in [0, 1].</param>
    /// <param name="numThresholds">How many thresholds, evenly from 0 to 1; one is 0.5.</param>
    /// <param name="classId">Only this class counts.</param>
    /// <param name="name">The name in reports.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static Metric SpecificityAtSensitivity(double sensitivity, int numThresholds = 200, int? classId = null, string name = "specificity_at_sensitivity") =>
        new ConstrainedMetric(counts => counts.Specificity, counts => counts.Recall, sensitivity, nameof(sensitivity), numThresholds, classId, name);

    /// <summary><c>(1 + beta^2) P R / (beta^2 P + R)</c> of precision P and recall R, of each class of one-hot or several labels.</summary>
    /// <param name="average">How the scores of the classes are joined.</param>
    /// <param name="beta">How many times as much recall counts as precision; above 0.</param>
    /// <param name="threshold">Predictions above it are positive, within (0, 1]; without it the largest of a row is.</param>
    /// <param name="name">The name in reports.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static Metric FBetaScore(
        ScoreAverage average = ScoreAverage.None, double beta = 1, double? threshold = null, string name = "fbeta_score") =>
        new FBetaMetric(average, beta, threshold, name);

    /// <summary><c>2 P R / (P + R)</c> of precision P and recall R: <see cref="FBetaScore"/> with beta 1.</summary>
    /// <param name="average">How the scores of the classes are joined.</param>
    /// <param name="threshold">Predictions above it are positive, within (0, 1]; without it the largest of a row is.</param>
    /// <param name="name">The name in reports.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is out of its range.</exception>
    public static Metric F1Score(ScoreAverage average = ScoreAverage.None, double? threshold = null, string name = "f1_score") =>
        FBetaScore(average, 1, threshold, name);

    /// <summary><c>TP / (TP + FP + FN)</c>, the intersection over the union of where a class is and where it is predicted:
    /// the mean over some classes, as far as they occur.</summary>
    /// <param name="numClasses">How many classes there are; what is none of them counts nowhere.</param>
    /// <param name="targetClassIds">The classes whose mean is taken.</param>
    /// <param name="name">The name in reports.</param>
    /// <param name="ignoreClass">A target that does not count, such as -1 or 255 for a void.</param>
    /// <param name="sparseYTrue">Whether targets are class indices rather than one-hot.</param>
    /// <param name="sparseYPred">Whether predictions are class indices rather than scores, of which the largest counts.</param>
    /// <param name="axis">The axis of the classes where targets or predictions are not indices, counted with the batch axis.</param>
    /// <exception cref="ArgumentException">An argument is out of its range.</exception>
    /// <exception cref="ArgumentNullException">There are no classes.</exception>
    public static Metric IoU(
        int numClasses,
        IReadOnlyList<int> targetClassIds,
        string name = "io_u",
        int? ignoreClass = null,
        bool sparseYTrue = true,
        bool sparseYPred = true,
        int axis = -1)
    {
        ArgumentNullException.ThrowIfNull(targetClassIds);
        return new IoUMetric(numClasses, targetClassIds, ignoreClass, sparseYTrue, sparseYPred, axis, threshold: null, name);
    }

    /// <summary><see cref="IoU"/> of all classes that occur.</summary>
    /// <param name="numClasses">How many classes there are; what is none of them counts nowhere.</param>
    /// <param name="name">The name in reports.</param>
    /// <param name="ignoreClass">A target that does not count, such as -1 or 255 for a void.</param>
    /// <param name="sparseYTrue">Whether targets are class indices rather than one-hot.</param>
    /// <param name="sparseYPred">Whether predictions are class indices rather than scores, of which the largest counts.</param>
    /// <param name="axis">The axis of the classes where targets or predictions are not indices, counted with the batch axis.</param>
    /// <exception cref="ArgumentException">An argument is out of its range.</exception>
    public static Metric MeanIoU(
        int numClasses,
        string name = "mean_io_u",
        int? ignoreClass = null,
        bool sparseYTrue = true,
        bool sparseYPred = true,
        int axis = -1) =>
        new IoUMetric(numClasses, null, ignoreClass, sparseYTrue, sparseYPred, axis, threshold: null, name);

    /// <summary><see cref="IoU"/> of one-hot targets and scores.</summary>
    /// <param name="numClasses">How many classes there are; what is none of them counts nowhere.</param>
    /// <param name="targetClassIds">The classes whose mean is taken.</param>
    /// <param name="name">The name in reports.</param>
    /// <param name="ignoreClass">A target that does not count, such as -1 or 255 for a void.</param>
    /// <param name="sparseYPred">Whether predictions are class indices rather than scores, of which the largest counts.</param>
    /// <param name="axis">The axis of the classes where targets or predictions are not indices, counted with the batch axis.</param>
    /// <exception cref="ArgumentException">An argument is out of its range.</exception>
    /// <exception cref="ArgumentNullException">There are no classes.</exception>
    public static Metric OneHotIoU(
        int numClasses,
        IReadOnlyList<int> targetClassIds,
        string name = "one_hot_io_u",
        int? ignoreClass = null,
        bool sparseYPred = false,
        int axis = -1)
    {
        ArgumentNullException.ThrowIfNull(targetClassIds);
        return new IoUMetric(numClasses, targetClassIds, ignoreClass, sparseTargets: false, sparseYPred, axis, threshold: null, name);
    }

    /// <summary><see cref="MeanIoU"/> of one-hot targets and scores.</summary>
    /// <param name="numClasses">How many classes there are; what is none of them counts nowhere.</param>
    /// <param name="name">The name in reports.</param>
    /// <param name="ignoreClass">A target that does not count, such as -1 or 255 for a void.</param>
    /// <param name="sparseYPred">Whether predictions are class indices rather than scores, of which the largest counts.</param>
    /// <param name="axis">The axis of the classes where targets or predictions are not indices, counted with the batch axis.</param>
    /// <exception cref="ArgumentException">An argument is out of its range.</exception>
    public static Metric OneHotMeanIoU(
        int numClasses,
        string name = "one_hot_mean_io_u",
        int? ignoreClass = null,
        bool sparseYPred = false,
        int axis = -1) =>
        new IoUMetric(numClasses, null, ignoreClass, sparseTargets: false, sparseYPred, axis, threshold: null, name);

    /// <summary><see cref="IoU"/> of the classes 0 and 1.</summary>
    /// <param name="targetClassIds">[0], [1], or both, which is what null stands for.</param>
    /// <param name="threshold">From where on a prediction is class 1.</param>
    /// <param name="name">The name in reports.</param>
    /// <exception cref="ArgumentException">An argument is out of its range.</exception>
    public static Metric BinaryIoU(IReadOnlyList<int>? targetClassIds = null, double threshold = 0.5, string name = "binary_io_u") =>
        new IoUMetric(2, targetClassIds, ignoreClass: null, sparseTargets: true, sparsePredictions: true, axis: -1, threshold, name);

    /// <summary>The weighted mean of the predictions themselves.</summary>
    /// <param name="name">The name in reports.</param>
    public static Metric Mean(string name = "mean") => new ValueMeanMetric(name);

    /// <summary>The weighted sum of the predictions themselves.</summary>
    /// <param name="name">The name in reports.</param>
    public static Metric Sum(string name = "sum") => new ValueSumMetric(name);

    /// <summary>The mean of any loss over rows, its reduction aside.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="name">The name in reports; the loss's own unless given.</param>
    /// <exception cref="ArgumentNullException">The loss is null.</exception>
    public static Metric FromLoss(Loss loss, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(loss);
        return new LossMetric(loss, name ?? loss.Name);
    }
}
