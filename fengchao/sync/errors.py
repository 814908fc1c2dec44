"""The refusals of the phone's interface, as a worker or a secretary reads them."""

from django.utils.translation import gettext_lazy as _

from fengchao.base.errors import Problem, register

register(
    {
        "too_wide": Problem(409, _("您负责的范围超过一个街道，名册不能放在手机上。请用电脑查看。")),
        "too_many_operations": Problem(413, _("一次最多上传 %(limit)s 条，请分批上传。")),
        "unknown_operation": Problem(422, _("服务器不认识“%(type)s”这类操作。请更新手机上的程序后重试。")),
        "bad_operation": Problem(422, _("这条内容的“%(field)s”不正确，没有计入。已交给社区书记处理。")),
        "bad_clock": Problem(422, _("手机的日期和时间不对（%(field)s）。请打开手机的自动对时。")),
        "not_jpeg": Problem(415, _("只能上传 JPEG 照片。")),
        "photo_taken": Problem(409, _("这条记录已经有一张不同的照片，没有保存。")),
        "not_an_outbox": Problem(422, _("这不是手机导出的未上传文件。请在手机“我的”页面重新导出。")),
        "not_their_worker": Problem(403, _("这个文件属于不归您负责的人员，请交给他所在社区的书记导入。")),
        "not_open": Problem(409, _("这一项已经处理过了。")),
    }
)
