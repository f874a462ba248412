namespace NetGen.Tests.Onnx;

[Network(Training = false)]
[Input(33, 32, 3)]
[MobileNetV2Base(alpha: 0.35), GlobalAveragePooling2D, Dense(5, Activation = Activation.Softmax)]
public partial class ExportedMobileNet;
