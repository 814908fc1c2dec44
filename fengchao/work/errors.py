"""The refusals of work, as a worker or a secretary reads them."""

from django.utils.translation import gettext_lazy as _

from fengchao.base.errors import Problem, register

register(
    {
        "unknown_outcome": Problem(422, _("这类任务没有“%(outcome)s”这个结果。请更新手机上的程序后重试。")),
        "unknown_kind": Problem(422, _("没有“%(kind)s”这类任务。")),
        "campaign_closed": Problem(409, _("这次走访已经结束，记录没有计入。内容已保留，请交给社区书记处理。")),
        "withdraws_nothing": Problem(422, _("要撤回一条记录，请先选中它。")),
        "bad_answers": Problem(422, _("有 %(count)s 个回答不对，没有计入。%(first)s")),
        "id_taken": Problem(409, _("这条记录的编号已被另一条记录使用，没有保存。请导出未上传的内容，交给系统管理员。")),
        "already_claimed": Problem(409, _("已经由别人认领。")),
        "worker_not_here": Problem(422, _("这位人员在这个网格没有职责，不能把任务交给他。请先安排职责。")),
        "bad_dates": Problem(422, _("截止时间要晚于开始时间，资料保存期要晚于截止日期。")),
        "deadline_far": Problem(422, _("截止时间最晚到 %(day)s。到时候还没做完，请再发起一次。")),
        "expires_far": Problem(422, _("个人资料最晚保存到 %(day)s。")),
        "no_campaign": Problem(404, _("这里还没有走访任务。请先发起一次走访。")),
        "door_left": Problem(409, _("已经划出或搬出这次行动的范围，不能重新计入。划回或搬回以后会自动计入。")),
        "counts_once": Problem(409, _("与名册里另一行是同一个人，只算一次。撤销合并以后会自动计入。")),
        "too_many_rows": Problem(422, _("行数太多，一次最多 %(limit)s 行。请先按网格或楼栋筛选。")),
        "sign_places": Problem(422, _("片区和线路不单独签字，请到它包含的网格、社区签字。")),
        "nothing_ticked": Problem(422, _("请先在左边选中要处理的。")),
        "not_running": Problem(409, _("这次走访不在进行中，不能修改。")),
        "not_finished": Problem(409, _("还有 %(remaining)s 个没有结果，不能签字。请先完成，或逐个写明原因。")),
        "signed_below": Problem(409, _("下级还有 %(missing)s 个没有签字，不能汇总签字。")),
    }
)
